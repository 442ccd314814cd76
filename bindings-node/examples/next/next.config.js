/** @type {import('next').NextConfig} */
export default {
  // The native library stays a file of its own.
  serverExternalPackages: ['hookseal']
}
