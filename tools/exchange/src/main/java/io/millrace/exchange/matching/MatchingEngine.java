package io.millrace.exchange.matching;

import io.millrace.exchange.trade.AmendRequest;
import io.millrace.exchange.trade.Errors;
import io.millrace.exchange.trade.ExpiryReason;
import io.millrace.exchange.trade.MarketFlow;
import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.OrderStatus;
import io.millrace.exchange.trade.OrderType;
import io.millrace.exchange.trade.PriceMatch;
import io.millrace.exchange.trade.Side;
import io.millrace.exchange.trade.TimeInForce;
import io.millrace.exchange.trade.Trade;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.venue.ContractRules;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes clients' orders, checks them, matches them among the market's, and ends them in time. What happens is told in order through
 * {@link io.millrace.exchange.trade.OrderEvents}; a refusal is a {@link VenueException} and changes nothing.
 *
 * <p>Calls that change orders are not allowed from within {@code OrderEvents}; what has to follow from an event follows after the call
 * that caused it.
 *
 * <p><b>Thread:</b> the venue's. <b>Units:</b> ticks, lots, epoch milliseconds.
 */
public final class MatchingEngine implements MarketFlow {
    /** No time at all: nothing is due. */
    public static final long NEVER_MS = OrderTimers.NEVER_MS;

    /** Far above the ids of public trades, so that the two never meet. */
    private static final long FIRST_OFF_BOOK_TRADE_ID = 1_000_000_000_000_000L;

    private final TradingPorts ports;
    private final QueueModel queue;
    private final OrderStore store = new OrderStore();
    private final OrderTimers timers = new OrderTimers();
    private final OrderChecks checks;
    private final Matcher matcher;
    private final BookLevels levels;
    private final Amendments amendments;
    private final Set<Long> amending = new HashSet<>();
    private long lastOrderId;
    private long lastOffBookTradeId = FIRST_OFF_BOOK_TRADE_ID;

    /**
     * Makes an engine without orders.
     *
     * @param ports what it is wired to.
     * @param queue who cancels, where only quantities are known.
     * @param firstOrderId id of the first order, above 0.
     */
    public MatchingEngine(TradingPorts ports, QueueModel queue, long firstOrderId) {
        this.ports = ports;
        this.queue = queue;
        this.lastOrderId = firstOrderId - 1;
        this.checks = new OrderChecks(ports.prices());
        this.matcher = new Matcher(ports, store, timers);
        this.levels = new BookLevels(ports.market(), matcher);
        this.amendments = new Amendments(ports, store, checks, matcher, levels);
    }

    // --- placing

    /** A request that may be placed: what becomes the order, and how far it may trade. */
    private record Checked(OrderRequest request, long priceTicks, long limitTicks) {}

    /**
     * Places an order.
     *
     * @param request what the client asks for.
     * @param nowMs epoch milliseconds.
     * @return the order as it is after matching; it may have ended already.
     * @throws VenueException if it is refused; then nothing has happened.
     */
    public Order place(OrderRequest request, long nowMs) throws VenueException {
        Checked checked = check(request, nowMs);
        OrderRequest accepted = checked.request();
        if (accepted.clientOrderId() == null || accepted.clientOrderId().isEmpty()) {
            accepted = accepted.toBuilder()
                    .clientOrderId(ClientIds.made(lastOrderId + 1))
                    .build();
        }
        Order order = new Order(++lastOrderId, accepted, checked.priceTicks(), nowMs);
        run(order, checked.limitTicks(), nowMs);
        return order;
    }

    private void run(Order order, long limitTicks, long nowMs) {
        ports.market().begin(order.symbol());
        try {
            store.add(order);
            timers.add(order);
            ports.events().onNew(order);
            matcher.run(order, limitTicks, nowMs);
        } finally {
            ports.market().end(order.symbol());
        }
    }

    /**
     * Checks an order as {@link #place} does, and does not place it.
     *
     * @param request what the client asks for.
     * @param nowMs epoch milliseconds.
     * @throws VenueException if it would be refused.
     */
    public void test(OrderRequest request, long nowMs) throws VenueException {
        check(request, nowMs);
    }

    private Checked check(OrderRequest request, long nowMs) throws VenueException {
        ContractRules rules = rules(request.symbol());
        OrderChecks.shape(request, nowMs);
        OrderChecks.status(rules, request.reduceOnly() || request.closePosition());
        if (request.clientOrderId() != null && !request.clientOrderId().isEmpty()) {
            OrderChecks.clientOrderId(request.clientOrderId());
        }
        boolean isLimit = request.type() == OrderType.LIMIT;
        long priceTicks = 0;
        if (isLimit) {
            priceTicks = request.priceMatch() == PriceMatch.NONE
                    ? request.priceTicks()
                    : levels.match(request.symbol(), request.side(), request.priceMatch());
            OrderChecks.price(rules, priceTicks);
        }
        if (!request.closePosition()) {
            OrderChecks.qty(isLimit ? rules.limitQty() : rules.marketQty(), request.qtyLots());
        }
        if (isLimit) {
            checks.percentPrice(rules, request.symbol(), request.side(), priceTicks);
        }
        checks.notional(rules, request, priceTicks);
        if (store.isOpenClientId(request.accountId(), request.clientOrderId())) {
            throw Errors.duplicateClientOrderId();
        }
        if (isLimit && store.openCount(request.accountId(), request.symbol()) >= rules.maxOrders()) {
            throw Errors.tooManyOrders();
        }
        OrderRequest fitted = fitToPosition(request, priceTicks);
        long opponentTicks = levels.best(request.symbol(), !request.side().isBuy());
        if (!isLimit) {
            checks.marketPercentPrice(rules, request.symbol(), request.side(), opponentTicks);
        }
        ports.risk().checkMargin(fitted, isLimit ? priceTicks : referenceTicks(rules, fitted, opponentTicks));
        long limitTicks = isLimit ? priceTicks : checks.marketBound(rules, request.symbol(), request.side());
        checkTimeInForce(fitted, limitTicks, opponentTicks);
        return new Checked(fitted, priceTicks, limitTicks);
    }

    /** A reduce-only order gets what the position leaves for it. */
    private OrderRequest fitToPosition(OrderRequest request, long priceTicks) throws VenueException {
        if (!request.reduceOnly() && !request.closePosition()) {
            return request;
        }
        long room = matcher.reduceOnly().room(request.accountId(), request.symbol(), request.side(), priceTicks, null);
        long qtyLots = request.closePosition() ? room : Math.min(room, request.qtyLots());
        return qtyLots == request.qtyLots()
                ? request
                : request.toBuilder().qtyLots(qtyLots).build();
    }

    private long referenceTicks(ContractRules rules, OrderRequest request, long opponentTicks) {
        long markE8 = ports.prices().markPrice(request.symbol());
        long markTicks = markE8 <= 0 ? 0 : ContractMath.ticks(rules.spec(), markE8, OrderChecks.ONE_E8, true);
        if (opponentTicks <= 0) {
            return markTicks;
        }
        if (request.side() == Side.SELL) {
            return Math.max(opponentTicks, markTicks);
        }
        // The venue values a market purchase 0.05 % above the best ask.
        return opponentTicks + (opponentTicks * 5 + 9_999) / 10_000;
    }

    private void checkTimeInForce(OrderRequest request, long limitTicks, long opponentTicks) throws VenueException {
        boolean isBid = !request.side().isBuy();
        if (request.timeInForce() == TimeInForce.GTX && Matcher.isWithin(isBid, opponentTicks, limitTicks)) {
            throw Errors.gtxRejected();
        }
        if (request.timeInForce() == TimeInForce.FOK
                && !levels.holds(request.symbol(), isBid, limitTicks, request.qtyLots())) {
            throw Errors.fokRejected();
        }
    }

    /**
     * Places an order of the venue itself: no filter, margin, client id rule or prevention of self-trades applies, and the quantity is
     * taken as it is.
     *
     * @param request what is placed; a limit is its worst price, without one it takes what there is.
     * @param nowMs epoch milliseconds.
     * @return the order as it is after matching.
     */
    public Order placeLiquidation(OrderRequest request, long nowMs) {
        Order order = new Order(++lastOrderId, request, request.priceTicks(), nowMs);
        order.markLiquidation();
        long worst = request.side().isBuy() ? Long.MAX_VALUE : 1;
        run(order, request.priceTicks() == 0 ? worst : request.priceTicks(), nowMs);
        return order;
    }

    /**
     * Records a fill outside the book, as auto-deleveraging makes it: a new order, filled at once, kept for queries. Nobody is told; once
     * it is booked, {@link #onPositionChanged} follows.
     *
     * @param request the order.
     * @param priceTicks price of the fill.
     * @param isAdl whether it deleverages the account, otherwise it liquidates it.
     * @param nowMs epoch milliseconds.
     * @return the trade, with the order as taker and no maker; its id is none of a public trade.
     */
    public Trade recordOffBook(OrderRequest request, long priceTicks, boolean isAdl, long nowMs) {
        Order order = new Order(++lastOrderId, request, priceTicks, nowMs);
        if (isAdl) {
            order.markAdl();
        } else {
            order.markLiquidation();
        }
        store.add(order);
        order.fill(priceTicks, order.qtyLots(), nowMs);
        store.close(order);
        Trade trade =
                new Trade(++lastOffBookTradeId, nowMs, request.symbol(), order, null, priceTicks, order.qtyLots());
        store.addTrade(trade);
        return trade;
    }

    // --- changing

    /**
     * Amends an order: it loses its place in the queue, whatever changes. A partially filled order whose new quantity is filled
     * already, and a post-only order whose new price would take, are cancelled instead.
     *
     * @param request what to change.
     * @param nowMs epoch milliseconds.
     * @return the order as it is after matching; it may have ended.
     * @throws VenueException if it is refused; then the order is as it was.
     */
    public Order amend(AmendRequest request, long nowMs) throws VenueException {
        Order order = store.findOpen(request.accountId(), request.symbol(), request.orderId(), request.clientOrderId());
        if (order == null) {
            throw Errors.noSuchOrder();
        }
        if (amending.contains(order.orderId())) {
            throw Errors.amendPending();
        }
        amendments.amend(order, request, rules(request.symbol()), nowMs);
        return order;
    }

    /**
     * Marks an order as having an amendment under way, so that others are refused with -5043, until {@link #endAmending}.
     *
     * @param orderId of the order.
     */
    public void beginAmending(long orderId) {
        amending.add(orderId);
    }

    /**
     * Ends what {@link #beginAmending} began.
     *
     * @param orderId of the order.
     */
    public void endAmending(long orderId) {
        amending.remove(orderId);
    }

    /**
     * Cancels an order.
     *
     * @param accountId of the client.
     * @param symbol index of the contract.
     * @param orderId the venue's id; 0 finds it by the client's.
     * @param clientOrderId the client's id, or null.
     * @param nowMs epoch milliseconds.
     * @return the order.
     * @throws VenueException -2011 if it is not open.
     */
    public Order cancel(int accountId, int symbol, long orderId, String clientOrderId, long nowMs)
            throws VenueException {
        Order order = store.findOpen(accountId, symbol, orderId, clientOrderId);
        if (order == null) {
            throw Errors.unknownOrder();
        }
        cancelOpen(order, nowMs);
        return order;
    }

    private void cancelOpen(Order order, long nowMs) {
        ports.market().begin(order.symbol());
        try {
            matcher.cancel(order, nowMs);
        } finally {
            ports.market().end(order.symbol());
        }
    }

    /**
     * Cancels all open orders of an account, oldest first.
     *
     * @param accountId of the client.
     * @param symbol index of the contract, or {@link OrderStore#ANY_SYMBOL}.
     * @param nowMs epoch milliseconds.
     * @return the orders.
     */
    public List<Order> cancelAll(int accountId, int symbol, long nowMs) {
        List<Order> orders = store.openOrders(accountId, symbol);
        for (Order order : orders) {
            if (order.isWorking()) {
                cancelOpen(order, nowMs);
            }
        }
        return orders;
    }

    /**
     * Ends all open orders of an account on the venue's account, oldest first.
     *
     * @param accountId of the client.
     * @param symbol index of the contract, or {@link OrderStore#ANY_SYMBOL}.
     * @param reason what the client is told.
     * @param nowMs epoch milliseconds.
     * @return the orders.
     */
    public List<Order> expireAll(int accountId, int symbol, ExpiryReason reason, long nowMs) {
        List<Order> orders = store.openOrders(accountId, symbol);
        for (Order order : orders) {
            if (order.isWorking()) {
                expireOpen(order, reason, nowMs);
            }
        }
        return orders;
    }

    private void expireOpen(Order order, ExpiryReason reason, long nowMs) {
        ports.market().begin(order.symbol());
        try {
            matcher.expire(order, OrderStatus.EXPIRED, reason, nowMs);
        } finally {
            ports.market().end(order.symbol());
        }
    }

    /**
     * Deals a position out again among the reduce-only orders of an account, after it changed without a trade here.
     *
     * @param accountId of the client.
     * @param symbol index of the contract.
     * @param nowMs epoch milliseconds.
     */
    public void onPositionChanged(int accountId, int symbol, long nowMs) {
        ports.market().begin(symbol);
        try {
            matcher.reduceOnly().onPosition(accountId, symbol, nowMs);
        } finally {
            ports.market().end(symbol);
        }
    }

    // --- time

    /**
     * Arms, re-arms or disarms the countdown of an account for a contract. When it ends, the account's open orders there are cancelled.
     *
     * @param accountId of the client.
     * @param symbol index of the contract.
     * @param countdownMs length in milliseconds, 0 disarms it.
     * @param nowMs epoch milliseconds.
     */
    public void countdownCancelAll(int accountId, int symbol, long countdownMs, long nowMs) {
        timers.countdown(accountId, symbol, countdownMs == 0 ? 0 : nowMs + countdownMs);
    }

    /** Returns when {@link #advance} has something to do next, epoch milliseconds, or {@link #NEVER_MS}. */
    public long nextDueMs() {
        return timers.nextDueMs();
    }

    /**
     * Ends what is over by now: countdowns, then dated orders, then GTC orders older than a year.
     *
     * @param nowMs epoch milliseconds.
     */
    public void advance(long nowMs) {
        for (OrderTimers.Countdown countdown : timers.endedCountdowns(nowMs)) {
            cancelAll(countdown.accountId(), countdown.symbol(), nowMs);
        }
        for (Order order = timers.nextDueOrder(nowMs); order != null; order = timers.nextDueOrder(nowMs)) {
            if (order.timeInForce() == TimeInForce.GTD) {
                expireOpen(order, ExpiryReason.NONE, nowMs);
            } else {
                cancelOpen(order, nowMs);
            }
        }
        store.forgetOld(nowMs);
    }

    // --- the market's flow

    @Override
    public void onTake(int symbol, boolean isBid, long priceTicks, long qtyLots, long timeMs) {
        ports.market().begin(symbol);
        try {
            matcher.takeByMarket(symbol, isBid, priceTicks, qtyLots, timeMs);
        } finally {
            ports.market().end(symbol);
        }
    }

    @Override
    public void onWithdraw(int symbol, boolean isBid, long priceTicks, long qtyLots, long leftLots) {
        ClientLevel level = matcher.book(symbol).level(isBid, priceTicks);
        if (level != null && qtyLots > 0) {
            level.onCancel(queue, leftLots + qtyLots, qtyLots);
        }
    }

    @Override
    public void onPrint(int symbol, boolean isSell, long priceTicks, long qtyLots, long timeMs) {
        if (matcher.book(symbol).isEmpty()) {
            return;
        }
        ports.market().begin(symbol);
        try {
            matcher.print(symbol, isSell, priceTicks, qtyLots, timeMs);
        } finally {
            ports.market().end(symbol);
        }
    }

    @Override
    public void onLevel(int symbol, boolean isBid, long priceTicks, long oldLots, long newLots, long timeMs) {
        ClientBook book = matcher.book(symbol);
        if (book.isEmpty()) {
            return;
        }
        ClientLevel level = book.level(isBid, priceTicks);
        if (level != null) {
            long cancelled = Math.min(oldLots, oldLots - newLots - level.tradedLots);
            level.tradedLots = 0;
            if (cancelled > 0) {
                level.onCancel(queue, oldLots, cancelled);
            }
            level.cap(newLots);
        }
        if (newLots > 0) {
            ports.market().begin(symbol);
            try {
                // The market came to the other side of a client's price: whoever rested there has been taken.
                matcher.fillThrough(symbol, !isBid, priceTicks, timeMs);
            } finally {
                ports.market().end(symbol);
            }
        }
    }

    // --- views

    /** Returns what clients can ask for. */
    public OrderStore orders() {
        return store;
    }

    /**
     * Returns how many of the market's lots stand before a resting order, a part of a lot counting as one; -1 if it does not rest.
     *
     * @param order of a client.
     */
    public long marketLotsAhead(Order order) {
        Resting resting = matcher.book(order.symbol()).find(order.orderId());
        return resting == null ? -1 : resting.aheadLots();
    }

    /**
     * Says whether clients rest at a price.
     *
     * @param symbol index of the contract.
     * @param isBid side.
     * @param priceTicks price.
     */
    public boolean hasClients(int symbol, boolean isBid, long priceTicks) {
        return matcher.book(symbol).level(isBid, priceTicks) != null;
    }

    private ContractRules rules(int symbol) throws VenueException {
        ContractRules rules = ports.rules().apply(symbol);
        if (rules == null) {
            throw Errors.invalidSymbol();
        }
        return rules;
    }
}
