package io.millrace.exchange.conditional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.codecs.value.Grid;
import io.millrace.exchange.trade.Errors;
import io.millrace.exchange.trade.ExpiryReason;
import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.OrderStatus;
import io.millrace.exchange.trade.OrderType;
import io.millrace.exchange.trade.PricePort;
import io.millrace.exchange.trade.RiskPort;
import io.millrace.exchange.trade.Side;
import io.millrace.exchange.trade.Trade;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.venue.ContractRules;
import io.millrace.exchange.venue.SymbolSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.function.Executable;

/** The service with prices, positions and a matching engine that a test sets by hand: two contracts, ticks of 0.10. */
final class AlgoRig implements PricePort, RiskPort, ChildOrders {
    static final int ACCOUNT = 7;
    static final int BTC = 0;
    static final int ETH = 1;
    static final long START_NS = 1_795_262_400_000_000_000L;
    static final long MS = 1_000_000L;
    static final long TICK_E8 = 10_000_000L;

    final long[] lastTicks = {912_500, 30_000};
    final long[] markE8 = {912_500 * TICK_E8, 30_000 * TICK_E8};
    final long[] positionLots = new long[2];
    final ContractRules[] rules = {
        ContractRules.of(new SymbolSpec("BTCUSDT", "BTC", Grid.parse("0.10"), Grid.parse("0.001"), 2, 3, 912_500)),
        ContractRules.of(new SymbolSpec("ETHUSDT", "ETH", Grid.parse("0.10"), Grid.parse("0.001"), 2, 3, 30_000))
    };
    /** What was told of conditional orders: id, state, and a star when a trailing stop is active. */
    final List<String> events = new ArrayList<>();
    /** What was placed. */
    final List<Order> children = new ArrayList<>();

    AlgoService service = new AlgoService(
            new AlgoService.Ports(symbol -> rules[symbol], this, this, this, this::onAlgoUpdate), AlgoSettings.of(1));
    VenueException refusal;
    boolean isTold = true;
    boolean isFilledAtOnce;
    long mostLots = Long.MAX_VALUE;
    long nowNs = START_NS;

    AlgoRig with(AlgoSettings settings) {
        service = new AlgoService(
                new AlgoService.Ports(symbol -> rules[symbol], this, this, this, this::onAlgoUpdate), settings);
        return this;
    }

    private void onAlgoUpdate(AlgoOrder order) {
        events.add(order.algoId() % 1000 + " " + order.status() + (order.isActivated() ? " *" : ""));
        assertEquals(order.updateTimeMs(), nowNs / MS);
    }

    static AlgoRequest.Builder stopMarket(Side side, long triggerTicks) {
        return AlgoRequest.of(ACCOUNT, BTC, side, OrderType.STOP_MARKET)
                .qtyLots(50)
                .triggerPriceTicks(triggerTicks);
    }

    AlgoOrder place(AlgoRequest.Builder request) {
        return place(request.build());
    }

    AlgoOrder place(AlgoRequest request) {
        try {
            return service.place(request, nowNs);
        } catch (VenueException e) {
            throw new AssertionError(request + " was refused", e);
        }
    }

    void refuse(int code, AlgoRequest.Builder request) {
        refuse(code, () -> service.place(request.build(), nowNs));
    }

    static void refuse(int code, Executable executable) {
        VenueException refused = assertThrows(VenueException.class, executable);
        assertEquals(code, refused.code(), refused.toString());
        assertEquals(400, refused.httpStatus());
    }

    /** Trades at a price and lets the service look. */
    void last(int symbol, long ticks) {
        lastTicks[symbol] = ticks;
        service.onPrices(symbol, nowNs);
    }

    void mark(int symbol, long ticks) {
        markE8[symbol] = ticks * TICK_E8;
        service.onPrices(symbol, nowNs);
    }

    void position(int symbol, long lots) {
        positionLots[symbol] = lots;
        service.onPosition(ACCOUNT, symbol, nowNs);
    }

    void pass(long ms) {
        nowNs += ms * MS;
        service.advance(nowNs);
    }

    /** Fills a child order. */
    void fill(Order child, long ticks, long lots) {
        child.fill(ticks, lots, nowNs / MS);
        service.onTrade(new Trade(1, nowNs / MS, child.symbol(), null, child, ticks, lots));
    }

    void cancel(Order child) {
        child.end(OrderStatus.CANCELED, ExpiryReason.NONE, nowNs / MS);
        service.onCanceled(child);
    }

    @Override
    public Order place(OrderRequest request) throws VenueException {
        if (refusal != null) {
            throw refusal;
        }
        OrderRequest fitted = request.toBuilder()
                .qtyLots(Math.min(mostLots, request.qtyLots()))
                .build();
        Order child = new Order(900_000 + children.size(), fitted, request.priceTicks(), nowNs / MS);
        children.add(child);
        if (isTold) {
            service.onNew(child);
        }
        if (isFilledAtOnce) {
            child.fill(lastTicks[request.symbol()], child.qtyLots(), nowNs / MS);
            if (isTold) {
                service.onTrade(new Trade(1, nowNs / MS, child.symbol(), child, null, child.priceTicks(), 1));
            }
        }
        return child;
    }

    void refuseChildren(boolean isRefusing) {
        refusal = isRefusing ? Errors.marginInsufficient() : null;
    }

    @Override
    public long lastTicks(int symbol) {
        return lastTicks[symbol];
    }

    @Override
    public long markPrice(int symbol) {
        return markE8[symbol];
    }

    @Override
    public long bestBidTicks(int symbol) {
        return lastTicks[symbol] - 1;
    }

    @Override
    public long bestAskTicks(int symbol) {
        return lastTicks[symbol] + 1;
    }

    @Override
    public void checkMargin(OrderRequest request, long referencePriceTicks) {
        throw new AssertionError("the service must not ask for margin");
    }

    @Override
    public long positionLots(int accountId, int symbol) {
        return accountId == ACCOUNT ? positionLots[symbol] : 0;
    }
}
