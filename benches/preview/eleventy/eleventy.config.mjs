export default function (config) {
  const byScore = (api) => api.getFilteredByTag("items").sort((a, b) => b.data.score - a.data.score);
  config.addCollection("byScore", byScore);
  config.addCollection("byTheme", (api) => group(byScore(api), (item) => item.data.theme));
  config.addCollection("byId", (api) => Object.fromEntries(api.getFilteredByTag("items").map((item) => [item.data.id, item])));
  // Eleventy otherwise looks at a changed file for 150 ms until it stays as it is.
  config.setChokidarConfig({ awaitWriteFinish: false });
  return { dir: { input: "src", includes: "../_includes", output: "_site" }, markdownTemplateEngine: false, templateFormats: ["md", "njk"] };
}

function group(items, key) {
  const groups = {};
  for (const item of items) (groups[key(item)] ??= []).push(item);
  return groups;
}
