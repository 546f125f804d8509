package io.millrace.bench.startup;

import info.bitrich.xchangestream.binancefuture.BinanceFutureStreamingExchange;
import info.bitrich.xchangestream.core.ProductSubscription;
import org.knowm.xchange.ExchangeSpecification;
import org.knowm.xchange.binance.BinanceAdapters;
import org.knowm.xchange.binance.BinanceExchange;
import org.knowm.xchange.binance.dto.ExchangeType;
import org.knowm.xchange.currency.CurrencyPair;
import org.knowm.xchange.dto.marketdata.OrderBook;
import org.knowm.xchange.instrument.Instrument;

/** XChange's stream on one contract, until it hands over a book. It does not ask for the list of contracts, which the product does. */
final class XChangeStart {
    private XChangeStart() {}

    /** XChange, with the addresses of another venue. */
    private static final class LocalExchange extends BinanceFutureStreamingExchange {
        private static String rest;
        private static String streams;

        @Override
        protected void concludeHostParams(ExchangeSpecification specification) {
            specification.setExchangeSpecificParametersItem(BinanceExchange.EXCHANGE_TYPE, ExchangeType.FUTURES);
            specification.setSslUri(rest);
        }

        @Override
        protected String getStreamingBaseUri() {
            return streams;
        }
    }

    /**
     * Runs until there is a book.
     *
     * @param args addresses of REST, and of the route for books.
     */
    public static void main(String[] args) {
        LocalExchange.rest = args[0];
        LocalExchange.streams = args[1] + "/";
        LocalExchange exchange = new LocalExchange();
        ExchangeSpecification specification = exchange.getDefaultExchangeSpecification();
        specification.setShouldLoadRemoteMetaData(false);
        specification.setExchangeSpecificParametersItem(
                BinanceFutureStreamingExchange.USE_HIGHER_UPDATE_FREQUENCY, true);
        exchange.applySpecification(specification);
        // What it would have learnt from the list of contracts.
        BinanceAdapters.putSymbolMapping("BTCUSDT", CurrencyPair.BTC_USDT);
        Instrument instrument = BinanceAdapters.adaptSymbol("BTCUSDT", true);
        exchange.connect(ProductSubscription.create().addOrderbook(instrument).build())
                .blockingAwait();
        OrderBook book = exchange.getStreamingMarketDataService()
                .getOrderBook(instrument)
                .blockingFirst();
        if (book.getBids().isEmpty() || book.getAsks().isEmpty()) {
            throw new IllegalStateException("the first book is empty");
        }
        System.out.println(StartupBench.SYNCED);
        System.exit(0);
    }
}
