# The office server: pages built in one stage, run dependencies installed in another, nothing of either tool chain in the last.

FROM node:24-bookworm-slim AS pages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# With the optional packages: the bundler's own binaries are among them.
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.base.json vite.config.ts ./
COPY core core
COPY renderer renderer
RUN npx vite build

FROM node:24-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# better-sqlite3 brings its binary inside the package, so no install script has to run; the optional packages here are Node itself,
# which this image has already.
RUN npm ci --omit=dev --omit=optional --ignore-scripts
# The desktop updates itself, a container is replaced; sources and the binaries of other systems run nowhere here.
RUN npm uninstall --omit=dev --omit=optional --ignore-scripts electron-updater \
 && rm -r node_modules/better-sqlite3/deps node_modules/better-sqlite3/src \
 && find node_modules/better-sqlite3/prebuilds -type f ! -name "linux-$(node -p process.arch).node" -delete \
 # For debuggers and compilers: a third of all bytes here.
 && find node_modules -type f \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' \) -delete

FROM node:24-bookworm-slim AS system
# npm, yarn and their like install programs; the server needs Node alone.
RUN rm -rf /usr/local/lib/node_modules /usr/local/include /opt/yarn* \
      /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /usr/local/bin/yarn /usr/local/bin/yarnpkg \
 # The only folder that is written to: the root may be mounted read-only. `node` is the base's own unprivileged user (1000).
 && mkdir /data && chown node:node /data \
 && ln -s /app/cli/khatm.ts /usr/local/bin/khatm \
 && find / -xdev -type f -perm /6000 -exec chmod a-s {} +

# From nothing, so that what was removed above is not shipped in a layer below.
FROM scratch
COPY --from=system / /
# Without them a process keeps twice the memory that it needs, whatever the container has: most of it is room for young objects. More
# than 256 MB of long-lived ones are a fault, and end in front of a balancer rather than in the memory of everybody else.
ENV NODE_OPTIONS="--max-semi-space-size=4 --max-old-space-size=256"
ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=8080 \
    DATA_DIR=/data
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY package.json ./
COPY migrations migrations
COPY core core
COPY practice practice
COPY server server
COPY cli cli
COPY deploy/switch deploy/switch
COPY --from=pages /app/dist/renderer dist/renderer
VOLUME /data
USER node
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/v1/health`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "server/main.ts"]
