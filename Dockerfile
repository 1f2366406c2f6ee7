# syntax=docker/dockerfile:1
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund
COPY . .

FROM node:24-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
RUN useradd --system --create-home --home-dir /home/hunch hunch \
  && install -d -o hunch -g hunch /workspace
COPY --from=build --chown=root:root /app /app
RUN ln -s /app/bin/hunch /usr/local/bin/hunch
USER hunch
WORKDIR /workspace
EXPOSE 4321
HEALTHCHECK --interval=15s --timeout=3s --start-period=20s CMD ["node", "-e", "fetch('http://127.0.0.1:4321/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["hunch"]
CMD ["up"]
