// What Lambda is invoked with, shaped as AWS documents it. One hands on one value alone of a header that comes twice.

const lower = (pairs) => pairs.map(([name, value]) => [name.toLowerCase(), value])

/** All the values of each header. */
function multi(pairs) {
  const lists = {}
  for (const [name, value] of pairs) (lists[name] ??= []).push(value)
  return lists
}

/** The last value of each header, as REST APIs and load balancers give it. */
const last = (pairs) => Object.fromEntries(pairs)

/** The values of each header joined, as HTTP APIs and function URLs give them. */
const joined = (pairs) => Object.fromEntries(Object.entries(multi(pairs)).map(([name, values]) => [name, values.join(',')]))

function content({ body, base64 = false, isBase64Encoded = base64 }) {
  return { body: base64 ? Buffer.from(body).toString('base64') : body, isBase64Encoded }
}

const elb = { elb: { targetGroupArn: 'arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/hooks/6d0ecf83' } }

export const invocations = {
  'REST API': {
    multiValue: false,
    invocation: ({ method, headers, pairs = Object.entries(headers), ...rest }) => ({
      resource: '/webhooks',
      path: '/webhooks',
      httpMethod: method,
      headers: last(pairs),
      multiValueHeaders: multi(pairs),
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
      pathParameters: null,
      stageVariables: null,
      requestContext: { httpMethod: method, protocol: 'HTTP/1.1', stage: 'prod' },
      ...content(rest)
    })
  },
  'HTTP API': {
    multiValue: false,
    invocation: ({ method, headers, pairs = Object.entries(headers), ...rest }) => ({
      version: '2.0',
      routeKey: '$default',
      rawPath: '/webhooks',
      rawQueryString: '',
      headers: joined(lower(pairs)),
      requestContext: { http: { method, path: '/webhooks', protocol: 'HTTP/1.1' }, stage: '$default' },
      ...content(rest)
    })
  },
  'HTTP API with payload format 1.0': {
    multiValue: false,
    invocation: ({ method, headers, pairs = Object.entries(headers), ...rest }) => ({
      version: '1.0',
      resource: '/webhooks',
      path: '/webhooks',
      httpMethod: method,
      headers: last(pairs),
      multiValueHeaders: multi(pairs),
      requestContext: { httpMethod: method, protocol: 'HTTP/1.1', stage: '$default' },
      ...content(rest)
    })
  },
  'function URL': {
    multiValue: false,
    invocation: ({ method, headers, pairs = Object.entries(headers), body, ...rest }) => ({
      version: '2.0',
      routeKey: '$default',
      rawPath: '/',
      rawQueryString: '',
      headers: joined(lower(pairs)),
      requestContext: { http: { method, path: '/', protocol: 'HTTP/1.1' }, accountId: 'anonymous' },
      // A function URL leaves out the body of a request that has none.
      ...(body === null ? { isBase64Encoded: false } : content({ body, ...rest }))
    })
  },
  'load balancer': {
    multiValue: false,
    one: true,
    invocation: ({ method, headers, pairs = Object.entries(headers), ...rest }) => ({
      requestContext: elb,
      httpMethod: method,
      path: '/webhooks',
      queryStringParameters: {},
      headers: last(lower(pairs)),
      ...content(rest)
    })
  },
  'load balancer with multi-value headers': {
    multiValue: true,
    invocation: ({ method, headers, pairs = Object.entries(headers), ...rest }) => ({
      requestContext: elb,
      httpMethod: method,
      path: '/webhooks',
      multiValueQueryStringParameters: {},
      multiValueHeaders: multi(lower(pairs)),
      ...content(rest)
    })
  }
}
