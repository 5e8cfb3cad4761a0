/** @type {import("next").NextConfig} */
export default {
  // One self-contained folder that the launcher can place where the unprivileged web user may read it.
  output: "standalone",
  outputFileTracingRoot: import.meta.dirname,
  turbopack: { root: import.meta.dirname },
  poweredByHeader: false,
  reactStrictMode: true,
  // What passes the gate is cut behind this; it must hold the largest upload (lib/contracts/import.ts) with its form.
  experimental: { proxyClientMaxBodySize: "80mb" },
  // Streams must leave at once; compressing them would hold them back.
  compress: false,
  devIndicators: false,
  // `npm run types` checks all of the project, tests included; a start does not wait for that.
  typescript: { ignoreBuildErrors: true },
};
