package io.millrace.exchange.conditional;

import io.millrace.exchange.trade.Errors;
import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.OrderEvents;
import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.PricePort;
import io.millrace.exchange.trade.RiskPort;
import io.millrace.exchange.trade.TimeInForce;
import io.millrace.exchange.trade.Trade;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.trade.WorkingType;
import io.millrace.exchange.venue.ContractRules;
import io.millrace.exchange.venue.VenueRandom;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.IntFunction;

/**
 * Keeps conditional orders until their condition is met and places ordinary orders then. A met condition makes an order
 * TRIGGERING; the ordinary order is placed a while later, by {@link #advance}, so never in the middle of the event that
 * met it.
 *
 * <p>Whoever drives the service tells it of prices ({@link #onPrices}), positions ({@link #onPosition}), the engine's
 * orders ({@link OrderEvents}) and time ({@link #advance}).
 *
 * <p><b>Thread:</b> the venue's. <b>Times:</b> epoch nanoseconds, never less than before.
 */
public final class AlgoService implements OrderEvents {
    /** All symbols, where a method takes a symbol or all. */
    public static final int ALL_SYMBOLS = -1;

    /** All accounts, where a method takes an account or all. */
    public static final int ALL_ACCOUNTS = -1;

    private static final long FIRST_ALGO_ID = 3_000_000_001L;
    private static final long NS_PER_MS = 1_000_000L;

    private final IntFunction<ContractRules> rules;
    private final PricePort prices;
    private final RiskPort positions;
    private final ChildOrders children;
    private final AlgoEvents events;
    private final AlgoSettings settings;
    private final ClientIds ids;
    private final AlgoStore store = new AlgoStore();
    private final Map<Integer, TriggerBook> books = new HashMap<>();
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::dueNs).thenComparingLong(Task::sequence));
    private AlgoFaults faults = AlgoFaults.NONE;
    private AlgoOrder placing;
    private OrderRequest placingRequest;
    private long lastAlgoId = FIRST_ALGO_ID - 1;
    private long lastTask;

    private enum Step {
        PLACE_CHILD,
        REJECT_LATE,
        REACH_GOOD_TILL_DATE
    }

    private record Task(long dueNs, long sequence, Step step, AlgoOrder order) {}

    /**
     * The service's surroundings.
     *
     * @param rules of a contract by its index, as they are now.
     * @param prices as they are now.
     * @param positions as they are now.
     * @param children takes the orders that conditional ones become.
     * @param events hears of every change.
     */
    public record Ports(
            IntFunction<ContractRules> rules,
            PricePort prices,
            RiskPort positions,
            ChildOrders children,
            AlgoEvents events) {}

    /**
     * Makes a service without orders.
     *
     * @param ports its surroundings.
     * @param settings how it behaves.
     */
    public AlgoService(Ports ports, AlgoSettings settings) {
        this.rules = ports.rules();
        this.prices = ports.prices();
        this.positions = ports.positions();
        this.children = ports.children();
        this.events = ports.events();
        this.settings = settings;
        this.ids = new ClientIds(new VenueRandom(settings.seed()));
    }

    /** Lets the service misbehave from now on; {@link AlgoFaults#NONE} ends it. */
    public void setFaults(AlgoFaults newFaults) {
        faults = newFaults;
    }

    // --- requests

    /**
     * Takes an order. Margin is not looked at.
     *
     * @param asked the order.
     * @param nowNs epoch nanoseconds.
     * @return the order, NEW.
     * @throws VenueException if it breaks a rule, would trigger at once, or there are too many.
     */
    public AlgoOrder place(AlgoRequest asked, long nowNs) throws VenueException {
        long nowMs = nowNs / NS_PER_MS;
        ContractRules contract = rules.apply(asked.symbol());
        AlgoChecks.check(asked, contract, nowMs);
        AlgoRequest request = asked.withConsequences();
        AlgoChecks.checkNotional(request, contract, prices.lastTicks(request.symbol()));
        long unit = AlgoPrices.tick(contract.spec());
        long price = price(request, unit);
        long trigger = request.isTrailing() ? request.activatePriceTicks() : request.triggerPriceTicks();
        AlgoOrder order = new AlgoOrder(
                lastAlgoId + 1,
                request.clientAlgoId() == null ? ids.next() : request.clientAlgoId(),
                request,
                Math.multiplyExact(trigger, unit),
                nowMs);
        AlgoChecks.checkSide(order, price);
        if (request.isBoundToPosition() && !hasPositionFor(request)) {
            throw Errors.noPositionForGte();
        }
        store.checkOthers(order);
        lastAlgoId++;
        store.add(order, nowMs);
        book(request.symbol()).add(order);
        events.onAlgoUpdate(order);
        schedule(order, nowNs);
        if (request.isTrailing() && price > 0 && TriggerBook.follow(order, price)) {
            activate(order, nowMs);
        }
        return order;
    }

    private void schedule(AlgoOrder order, long nowNs) {
        long lateNs = faults.lateRejectionNs(order);
        if (lateNs != AlgoFaults.NO_REJECTION) {
            add(nowNs + lateNs, Step.REJECT_LATE, order);
        }
        if (order.request().timeInForce() == TimeInForce.GTD) {
            add(order.request().goodTillDateMs() * NS_PER_MS, Step.REACH_GOOD_TILL_DATE, order);
        }
    }

    /**
     * Cancels an order that waits.
     *
     * @param accountId whose order.
     * @param algoId of the order, 0 to look by the client's id.
     * @param clientAlgoId of the order.
     * @param nowNs epoch nanoseconds.
     * @return the order, CANCELED.
     * @throws VenueException −4117 if it is triggering, −2011 if it does not wait.
     */
    public AlgoOrder cancel(int accountId, long algoId, String clientAlgoId, long nowNs) throws VenueException {
        AlgoOrder order = store.find(accountId, algoId, clientAlgoId, nowNs / NS_PER_MS);
        if (order == null || !order.status().isOpen()) {
            throw Errors.unknownOrder();
        }
        if (order.status() == AlgoStatus.TRIGGERING) {
            throw Errors.algoOrderTriggering();
        }
        end(order, AlgoStatus.CANCELED, nowNs);
        return order;
    }

    /**
     * Cancels the orders that wait; those that are triggering go on.
     *
     * @param accountId whose orders.
     * @param symbol index of the contract, or {@link #ALL_SYMBOLS}.
     * @param nowNs epoch nanoseconds.
     * @return number of orders cancelled.
     */
    public int cancelAll(int accountId, int symbol, long nowNs) {
        return endAll(accountId, symbol, AlgoStatus.CANCELED, nowNs);
    }

    /**
     * Ends the orders that wait in the venue's name: liquidation of an account, end of a contract.
     *
     * @param accountId whose orders, or {@link #ALL_ACCOUNTS}.
     * @param symbol index of the contract, or {@link #ALL_SYMBOLS}.
     * @param nowNs epoch nanoseconds.
     * @return number of orders expired.
     */
    public int expireAll(int accountId, int symbol, long nowNs) {
        if (accountId != ALL_ACCOUNTS) {
            return endAll(accountId, symbol, AlgoStatus.EXPIRED, nowNs);
        }
        return store.accountIds().stream()
                .mapToInt(id -> endAll(id, symbol, AlgoStatus.EXPIRED, nowNs))
                .sum();
    }

    private int endAll(int accountId, int symbol, AlgoStatus status, long nowNs) {
        int count = 0;
        for (AlgoOrder order : open(accountId, symbol)) {
            if (order.status() == AlgoStatus.NEW) {
                end(order, status, nowNs);
                count++;
            }
        }
        return count;
    }

    // --- questions

    /**
     * Returns one order.
     *
     * @param accountId whose order.
     * @param algoId of the order, 0 to look by the client's id; then the latest with it counts.
     * @param clientAlgoId of the order.
     * @param nowNs epoch nanoseconds.
     * @throws VenueException −2013 if there is none, or it ended too long ago.
     */
    public AlgoOrder query(int accountId, long algoId, String clientAlgoId, long nowNs) throws VenueException {
        AlgoOrder order = store.find(accountId, algoId, clientAlgoId, nowNs / NS_PER_MS);
        if (order == null) {
            throw Errors.noSuchOrder();
        }
        return order;
    }

    /**
     * Returns the orders that wait or are triggering, oldest first.
     *
     * @param accountId whose orders.
     * @param symbol index of the contract, or {@link #ALL_SYMBOLS}.
     */
    public List<AlgoOrder> open(int accountId, int symbol) {
        return store.open(accountId).stream()
                .filter(order -> symbol == ALL_SYMBOLS || order.request().symbol() == symbol)
                .toList();
    }

    /**
     * Returns all orders of a contract that the venue remembers, oldest first, in whatever state.
     *
     * @param accountId whose orders.
     * @param symbol index of the contract.
     * @param fromAlgoId least id, 0 for all.
     * @param nowNs epoch nanoseconds.
     */
    public List<AlgoOrder> all(int accountId, int symbol, long fromAlgoId, long nowNs) {
        return store.all(accountId, symbol, fromAlgoId, nowNs / NS_PER_MS);
    }

    /**
     * Returns the conditional order that an ordinary one comes from.
     *
     * @param orderId of the ordinary order.
     * @return the conditional one, as long as the venue remembers it, or null.
     */
    public AlgoOrder ofChild(long orderId) {
        return store.ofChild(orderId);
    }

    // --- what happens around the service

    /**
     * Looks at a contract's prices; to be called after every change of its last or mark price.
     *
     * @param symbol index of the contract.
     * @param nowNs epoch nanoseconds.
     */
    public void onPrices(int symbol, long nowNs) {
        TriggerBook book = books.get(symbol);
        if (book == null || book.isEmpty()) {
            return;
        }
        ContractRules contract = rules.apply(symbol);
        long last = Math.multiplyExact(prices.lastTicks(symbol), AlgoPrices.tick(contract.spec()));
        book.onPrices(last, prices.markPrice(symbol), contract.triggerProtectE8());
        long nowMs = nowNs / NS_PER_MS;
        for (AlgoOrder order : List.copyOf(book.activated())) {
            activate(order, nowMs);
        }
        for (AlgoOrder order : List.copyOf(book.fired())) {
            trigger(order, nowNs);
        }
    }

    private void activate(AlgoOrder order, long nowMs) {
        order.activate(nowMs);
        events.onAlgoUpdate(order);
    }

    private void trigger(AlgoOrder order, long nowNs) {
        book(order.request().symbol()).remove(order);
        order.become(AlgoStatus.TRIGGERING, nowNs / NS_PER_MS);
        events.onAlgoUpdate(order);
        if (!faults.isStuck(order)) {
            add(nowNs + settings.triggerLatencyNs(), Step.PLACE_CHILD, order);
        }
    }

    /**
     * Looks at a position; to be called after every change. Orders that depend on a position that is gone expire.
     *
     * @param accountId whose position.
     * @param symbol index of the contract.
     * @param nowNs epoch nanoseconds.
     */
    public void onPosition(int accountId, int symbol, long nowNs) {
        if (store.openCount(accountId) == 0) {
            return;
        }
        for (AlgoOrder order : open(accountId, symbol)) {
            if (order.status() == AlgoStatus.NEW
                    && order.request().isBoundToPosition()
                    && !hasPositionFor(order.request())) {
                end(order, AlgoStatus.EXPIRED, nowNs);
            }
        }
    }

    /** Returns when {@link #advance} has something to do, epoch nanoseconds, or {@link Long#MAX_VALUE}. */
    public long nextDueNs() {
        return tasks.isEmpty() ? Long.MAX_VALUE : tasks.peek().dueNs();
    }

    /**
     * Does what is due: places the orders of met conditions, ends what reached its time. Not to be called in the middle of
     * an event of the matching engine.
     *
     * @param nowNs epoch nanoseconds.
     */
    public void advance(long nowNs) {
        while (nextDueNs() <= nowNs) {
            Task task = tasks.poll();
            AlgoOrder order = task.order();
            if (task.step() == Step.PLACE_CHILD) {
                placeChild(order, nowNs);
            } else if (order.status() == AlgoStatus.NEW) {
                if (task.step() == Step.REJECT_LATE) {
                    close(order);
                    order.reject(faults.lateRejectionReason(order), nowNs / NS_PER_MS);
                    events.onAlgoUpdate(order);
                } else {
                    end(order, AlgoStatus.EXPIRED, nowNs);
                }
            }
        }
    }

    private void placeChild(AlgoOrder order, long nowNs) {
        if (order.request().isBoundToPosition() && !hasPositionFor(order.request())) {
            end(order, AlgoStatus.EXPIRED, nowNs);
            return;
        }
        String clientOrderId = settings.isChildNamedAlike() ? order.clientAlgoId() : ids.next();
        long positionLots = positions.positionLots(
                order.request().accountId(), order.request().symbol());
        placing = order;
        placingRequest = order.request().toChild(clientOrderId, Math.abs(positionLots));
        try {
            Order child = children.place(placingRequest);
            becomeTriggered(child);
            if (!child.isWorking()) {
                finish(order, child);
            }
        } catch (VenueException e) {
            close(order);
            order.reject(e.getMessage(), nowNs / NS_PER_MS);
            events.onAlgoUpdate(order);
        } finally {
            placing = null;
        }
    }

    /** Links the order that was placed, as soon as the engine names it. */
    private void becomeTriggered(Order child) {
        AlgoOrder order = placing;
        if (order.status() == AlgoStatus.TRIGGERING) {
            close(order);
            store.link(order, child);
            order.become(AlgoStatus.TRIGGERED, child.createTimeMs());
            events.onAlgoUpdate(order);
        }
    }

    private boolean hasPositionFor(AlgoRequest request) {
        long lots = positions.positionLots(request.accountId(), request.symbol());
        return request.side().isBuy() ? lots < 0 : lots > 0;
    }

    // --- what becomes of the orders in the engine

    @Override
    public void onNew(Order order) {
        // The engine may have cut the request down to what the position leaves, so only its name is compared.
        if (placing != null
                && order.accountId() == placingRequest.accountId()
                && order.clientOrderId().equals(placingRequest.clientOrderId())) {
            becomeTriggered(order);
        }
    }

    @Override
    public void onTrade(Trade trade) {
        onFill(trade.taker());
        onFill(trade.maker());
    }

    private void onFill(Order child) {
        AlgoOrder order = child == null ? null : store.ofChild(child.orderId());
        if (order != null && order.status() == AlgoStatus.TRIGGERED) {
            order.copy(child);
            if (!child.isWorking()) {
                finish(order, child);
            }
        }
    }

    @Override
    public void onAmended(Order order) {
        // Still working; nothing of it shows in the conditional order.
    }

    @Override
    public void onCanceled(Order order) {
        onEnded(order);
    }

    @Override
    public void onExpired(Order order) {
        onEnded(order);
    }

    private void onEnded(Order child) {
        AlgoOrder order = store.ofChild(child.orderId());
        if (order != null) {
            finish(order, child);
        }
    }

    private void finish(AlgoOrder order, Order child) {
        if (order.status() == AlgoStatus.TRIGGERED) {
            order.copy(child);
            order.become(AlgoStatus.FINISHED, child.updateTimeMs());
            events.onAlgoUpdate(order);
        }
    }

    // --- bookkeeping

    private void end(AlgoOrder order, AlgoStatus status, long nowNs) {
        close(order);
        order.become(status, nowNs / NS_PER_MS);
        events.onAlgoUpdate(order);
    }

    private void close(AlgoOrder order) {
        book(order.request().symbol()).remove(order);
        store.close(order);
    }

    private TriggerBook book(int symbol) {
        return books.computeIfAbsent(symbol, index -> new TriggerBook());
    }

    private long price(AlgoRequest request, long unit) {
        return request.workingType() == WorkingType.MARK_PRICE
                ? prices.markPrice(request.symbol())
                : Math.multiplyExact(prices.lastTicks(request.symbol()), unit);
    }

    private void add(long dueNs, Step step, AlgoOrder order) {
        tasks.add(new Task(dueNs, ++lastTask, step, order));
    }
}
