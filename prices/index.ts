export { publishedPrices, type PublishedPricesOptions } from './published-prices.ts';
