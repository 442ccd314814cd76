// What Lambda is invoked with, shaped as AWS documents it.

const lower = (headers) => Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
const multi = (headers) => Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]))

function content({ body, base64 = false, isBase64Encoded = base64 }) {
  return { body: base64 ? Buffer.from(body).toString('base64') : body, isBase64Encoded }
}

const elb = { elb: { targetGroupArn: 'arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/hooks/6d0ecf83' } }

export const invocations = {
  'REST API': {
    multiValue: false,
    invocation: ({ method, headers, ...rest }) => ({
      resource: '/webhooks',
      path: '/webhooks',
      httpMethod: method,
      headers,
      multiValueHeaders: multi(headers),
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
    invocation: ({ method, headers, ...rest }) => ({
      version: '2.0',
      routeKey: '$default',
      rawPath: '/webhooks',
      rawQueryString: '',
      headers: lower(headers),
      requestContext: { http: { method, path: '/webhooks', protocol: 'HTTP/1.1' }, stage: '$default' },
      ...content(rest)
    })
  },
  'HTTP API with payload format 1.0': {
    multiValue: false,
    invocation: ({ method, headers, ...rest }) => ({
      version: '1.0',
      resource: '/webhooks',
      path: '/webhooks',
      httpMethod: method,
      headers,
      multiValueHeaders: multi(headers),
      requestContext: { httpMethod: method, protocol: 'HTTP/1.1', stage: '$default' },
      ...content(rest)
    })
  },
  'function URL': {
    multiValue: false,
    invocation: ({ method, headers, body, ...rest }) => ({
      version: '2.0',
      routeKey: '$default',
      rawPath: '/',
      rawQueryString: '',
      headers: lower(headers),
      requestContext: { http: { method, path: '/', protocol: 'HTTP/1.1' }, accountId: 'anonymous' },
      // A function URL leaves out the body of a request that has none.
      ...(body === null ? { isBase64Encoded: false } : content({ body, ...rest }))
    })
  },
  'load balancer': {
    multiValue: false,
    invocation: ({ method, headers, ...rest }) => ({
      requestContext: elb,
      httpMethod: method,
      path: '/webhooks',
      queryStringParameters: {},
      headers: lower(headers),
      ...content(rest)
    })
  },
  'load balancer with multi-value headers': {
    multiValue: true,
    invocation: ({ method, headers, ...rest }) => ({
      requestContext: elb,
      httpMethod: method,
      path: '/webhooks',
      multiValueQueryStringParameters: {},
      multiValueHeaders: multi(lower(headers)),
      ...content(rest)
    })
  }
}
