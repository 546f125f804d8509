package io.millrace.bench.peer;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import info.bitrich.xchangestream.binance.BinanceStreamingAdapters;
import info.bitrich.xchangestream.binance.dto.BinanceWebsocketTransaction;
import info.bitrich.xchangestream.binance.dto.market.BookTickerBinanceWebSocketTransaction;
import info.bitrich.xchangestream.binance.dto.market.DepthBinanceWebSocketTransaction;
import info.bitrich.xchangestream.binance.dto.market.TradeBinanceWebsocketTransaction;
import info.bitrich.xchangestream.service.netty.StreamingObjectMapperHelper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.knowm.xchange.binance.BinanceAdapters;
import org.knowm.xchange.binance.dto.marketdata.BinanceBookTicker;
import org.knowm.xchange.binance.dto.marketdata.BinanceOrderbook;
import org.knowm.xchange.binance.service.BinanceMarketDataService;
import org.knowm.xchange.currency.CurrencyPair;
import org.knowm.xchange.dto.Order.OrderType;
import org.knowm.xchange.dto.marketdata.OrderBook;
import org.knowm.xchange.dto.marketdata.OrderBookUpdate;
import org.knowm.xchange.dto.trade.LimitOrder;
import org.knowm.xchange.instrument.Instrument;

/**
 * What XChange's stream of Binance futures does to a frame, in its own steps and with its own classes: text to a tree, the channel by its name, the
 * tree to a transaction, filtered by symbol, adapted, and the levels into its {@link OrderBook}. Its observables between the steps are left out: they
 * would cost it a little more.
 */
public final class XChangeBook implements PeerBook {
    private static final ObjectMapper MAPPER = StreamingObjectMapperHelper.getObjectMapper();
    private static final JavaType DEPTH =
            typeOf(new TypeReference<BinanceWebsocketTransaction<DepthBinanceWebSocketTransaction>>() {});
    private static final JavaType TICKER =
            typeOf(new TypeReference<BinanceWebsocketTransaction<BookTickerBinanceWebSocketTransaction>>() {});
    private static final JavaType TRADE =
            typeOf(new TypeReference<BinanceWebsocketTransaction<TradeBinanceWebsocketTransaction>>() {});

    static {
        // What it would have learnt from the list of contracts.
        BinanceAdapters.putSymbolMapping("BTCUSDT", CurrencyPair.BTC_USDT);
    }

    private final Instrument instrument = BinanceAdapters.adaptSymbol("BTCUSDT", true);
    private final Map<String, JavaType> channels =
            Map.of("btcusdt@depth@0ms", DEPTH, "btcusdt@bookTicker", TICKER, "btcusdt@trade", TRADE);
    private OrderBook book = new OrderBook(null, List.of(), List.of());
    private long snapshotUpdateId;

    private static JavaType typeOf(TypeReference<?> reference) {
        return MAPPER.getTypeFactory().constructType(reference);
    }

    @Override
    public void clear() {
        book = new OrderBook(null, List.of(), List.of());
        snapshotUpdateId = 0;
    }

    @Override
    public void onSnapshot(byte[] json) {
        try {
            JsonNode root = MAPPER.readTree(json);
            BinanceOrderbook snapshot =
                    MAPPER.treeToValue(root.has("data") ? root.get("data") : root, BinanceOrderbook.class);
            snapshotUpdateId = snapshot.lastUpdateId;
            book = BinanceMarketDataService.convertOrderBook(snapshot, instrument);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public long onFrame(byte[] json, int offset, int length) {
        try {
            JsonNode root = MAPPER.readTree(new String(json, offset, length, StandardCharsets.UTF_8));
            if (root.get("result") != null || root.get("id") != null) {
                throw new IllegalStateException("an answer instead of a stream's event: " + root);
            }
            JavaType type = channels.get(root.get("stream").asText());
            BinanceWebsocketTransaction<?> transaction = MAPPER.readValue(MAPPER.treeAsTokens(root), type);
            return onData(transaction.getData());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long onData(Object data) {
        if (data instanceof DepthBinanceWebSocketTransaction depth) {
            return isOurs(depth.getSymbol()) && depth.getLastUpdateId() >= snapshotUpdateId ? onDepth(depth) : 0;
        }
        if (data instanceof BookTickerBinanceWebSocketTransaction ticker) {
            BinanceBookTicker raw = ticker.getTicker();
            return isOurs(raw.getSymbol()) ? raw.toTicker(true).getBid().scale() : 0;
        }
        TradeBinanceWebsocketTransaction trade = (TradeBinanceWebsocketTransaction) data;
        return isOurs(trade.getSymbol())
                ? BinanceStreamingAdapters.adaptRawTrade(trade.getRawTrade(), instrument)
                        .getPrice()
                        .scale()
                : 0;
    }

    private boolean isOurs(String symbol) {
        return BinanceAdapters.adaptSymbol(symbol, true).equals(instrument);
    }

    private long onDepth(DepthBinanceWebSocketTransaction depth) {
        BinanceOrderbook levels = depth.getOrderBook();
        Stream.concat(updates(OrderType.BID, levels.bids, depth), updates(OrderType.ASK, levels.asks, depth))
                .forEach(book::update);
        return (long) book.getBids().size() + book.getAsks().size();
    }

    private Stream<OrderBookUpdate> updates(
            OrderType side, SortedMap<BigDecimal, BigDecimal> levels, DepthBinanceWebSocketTransaction depth) {
        return levels.entrySet().stream()
                .map(level -> new OrderBookUpdate(
                        side, level.getValue(), instrument, level.getKey(), depth.getEventTime(), level.getValue()));
    }

    @Override
    public Map<BigDecimal, BigDecimal> bids() {
        return levels(book.getBids());
    }

    @Override
    public Map<BigDecimal, BigDecimal> asks() {
        return levels(book.getAsks());
    }

    private static Map<BigDecimal, BigDecimal> levels(List<LimitOrder> orders) {
        Map<BigDecimal, BigDecimal> levels = new LinkedHashMap<>();
        orders.forEach(order -> levels.put(order.getLimitPrice(), order.getOriginalAmount()));
        return levels;
    }
}
