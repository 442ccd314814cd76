// The ratios as a picture.

const BAR = 22
const LEFT = 520
const WIDTH = 900
const COLORS = { p1k: '#2563eb', s350: '#93c5fd', b16k: '#64748b' }

/** An SVG of `[{ name, against, container, ratios: { payload: ratio } }]`. */
export function plot(rows, payloads, title) {
  const longest = Math.max(...rows.flatMap(({ ratios }) => Object.values(ratios)))
  const x = (ratio) => LEFT + (ratio / (longest * 1.1)) * (WIDTH - LEFT)
  const out = []
  let y = 70
  for (const { name, against, container, ratios } of rows) {
    const middle = y + (BAR * payloads.length) / 2
    out.push(`<text x="${LEFT - 12}" y="${middle - 3}" text-anchor="end">${escaped(`${name}, ${container}`)}</text>`)
    out.push(`<text x="${LEFT - 12}" y="${middle + 13}" text-anchor="end" class="against">against ${escaped(against)}</text>`)
    for (const { name: payload } of payloads) {
      const width = (x(ratios[payload]) - LEFT).toFixed(1)
      out.push(`<rect x="${LEFT}" y="${y}" width="${width}" height="${BAR - 4}" fill="${COLORS[payload]}"/>`)
      out.push(`<text x="${(x(ratios[payload]) + 6).toFixed(1)}" y="${y + 14}">${ratios[payload].toFixed(1)}</text>`)
      y += BAR
    }
    y += 18
  }
  const legend = payloads.map(({ name, bytes }, index) => {
    const at = LEFT + index * 110
    return `<rect x="${at}" y="42" width="12" height="12" fill="${COLORS[name]}"/><text x="${at + 18}" y="53">${bytes} bytes</text>`
  })
  const one = x(1).toFixed(1)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" font-family="sans-serif" font-size="13">
<style>.against { fill: #64748b; font-size: 11px }</style>
<rect width="100%" height="100%" fill="white"/>
<text x="12" y="24" font-size="15">${escaped(title)}</text>
${[...legend, ...out].join('\n')}
<line x1="${one}" y1="62" x2="${one}" y2="${y - 10}" stroke="black" stroke-dasharray="3 3"/>
</svg>
`
}

function escaped(text) {
  return text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`)
}
