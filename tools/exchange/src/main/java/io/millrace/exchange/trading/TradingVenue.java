package io.millrace.exchange.trading;

import io.millrace.exchange.account.Account;
import io.millrace.exchange.account.Accounts;
import io.millrace.exchange.account.Fill;
import io.millrace.exchange.account.LiquidationPort;
import io.millrace.exchange.conditional.AlgoOrder;
import io.millrace.exchange.conditional.AlgoRequest;
import io.millrace.exchange.conditional.AlgoService;
import io.millrace.exchange.market.FrameSink;
import io.millrace.exchange.market.MarketSource;
import io.millrace.exchange.market.StreamKind;
import io.millrace.exchange.matching.MatchingEngine;
import io.millrace.exchange.matching.TradingPorts;
import io.millrace.exchange.matching.UserTrade;
import io.millrace.exchange.trade.AmendRequest;
import io.millrace.exchange.trade.ExpiryReason;
import io.millrace.exchange.trade.MarketPort;
import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.PricePort;
import io.millrace.exchange.trade.Trade;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.userdata.PrivateSink;
import io.millrace.exchange.userdata.UserData;
import io.millrace.exchange.venue.ContractRules;
import io.millrace.exchange.venue.VenueClock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The venue: one market with its clients. Time is told to it; between two times it does everything that falls due, the market's
 * events and its own, in one order. Whatever an event causes (conditional orders, liquidations, expiries) is done when the event is
 * over and before the next.
 *
 * <p>In process: {@link #advanceTo}, then {@link #place} and the others at that time. By a server: it is a {@link MarketSource}, driven
 * as any, and {@link #at} tells the time of a request.
 *
 * <p><b>Thread:</b> one thread calls everything. <b>Units:</b> ticks, lots, money in 1e-8 of the quote asset.
 */
public final class TradingVenue extends WrappedMarket {
    private static final long NS_PER_MS = 1_000_000L;
    private static final FrameSink NOBODY = new FrameSink() {
        @Override
        public boolean isWanted(int symbol, StreamKind kind) {
            return false;
        }

        @Override
        public void onFrame(int symbol, StreamKind kind, byte[] payload, int length) {
            // Nobody takes anything.
        }
    };

    private final List<ContractRules> rules;
    private final VenueTime time;
    private final FollowUps followUps;
    private final Accounts accounts;
    private final MatchingEngine engine;
    private final AlgoService algo;
    private final UserData userData;
    private final ContractOperations contracts = new ContractOperations(this);
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::dueNs).thenComparingLong(Task::sequence));
    private FrameSink sink = NOBODY;
    private long lastTask;

    private record Task(long dueNs, long sequence, Runnable work) {}

    /**
     * Opens a venue without accounts.
     *
     * @param source its market, one that clients can trade in.
     * @param settings of the venue.
     * @param startNs opening time on the driver's clock, epoch nanoseconds.
     */
    public TradingVenue(MarketSource source, VenueSettings settings, long startNs) {
        super(source);
        this.rules = new ArrayList<>(source.rules());
        this.time = new VenueTime(venueNs(startNs));
        this.followUps = new FollowUps(rules.size());
        VenueFlow flow = new VenueFlow(followUps);
        MarketPort port = source.connect(flow);
        PricePort prices = source.prices();
        if (port == null || prices == null) {
            throw new IllegalArgumentException(source + " is a market that can only be watched, use one with prices"
                    + " and a port for clients' orders");
        }
        accounts = new Accounts(rules, prices, time);
        userData = new UserData(settings.delivery());
        OrderFanOut fanOut = new OrderFanOut(accounts);
        engine = new MatchingEngine(
                new TradingPorts(port, prices, accounts, fanOut, rules::get),
                settings.queue().get(),
                settings.firstOrderId());
        flow.connect(engine);
        PrivateEvents events = new PrivateEvents(accounts, userData, time, followUps, new Origins());
        algo = new AlgoService(
                new AlgoService.Ports(rules::get, prices, accounts, request -> engine.place(request, nowMs()), events),
                settings.algo());
        fanOut.connect(events, algo);
        accounts.listener(events);
        accounts.liquidateThrough(new Liquidation());
        accounts.endowInsuranceFund(settings.insuranceFundE8());
    }

    // --- time

    /**
     * Lets the venue live until a time.
     *
     * @param timeNs epoch nanoseconds, not before the last call's.
     */
    public void advanceTo(long timeNs) {
        while (advance(timeNs, Integer.MAX_VALUE, sink) > 0) {
            // All of it.
        }
        time.reach(timeNs);
    }

    /**
     * Says that requests come at this time from now on; what is due earlier and has not been done comes after them.
     *
     * @param clockNs on the driver's clock, epoch nanoseconds.
     */
    public void at(long clockNs) {
        time.reach(venueNs(clockNs));
    }

    /** Says who takes market payloads that follow from requests, and from {@link #advanceTo}. */
    public void publishTo(FrameSink frames) {
        sink = frames;
    }

    @Override
    public int advance(long nowNs, int limit, FrameSink frames) {
        sink = frames;
        return market().isOnDriversTime() ? advanceTogether(nowNs, limit) : advanceInTurn(nowNs, limit);
    }

    private int advanceTogether(long nowNs, int limit) {
        int done = 0;
        while (done < limit) {
            long sourceNs = market().nextDueNs();
            long ownNs = ownDueNs();
            if (Math.min(sourceNs, ownNs) > nowNs) {
                break;
            }
            if (ownNs <= sourceNs) {
                time.reach(ownNs);
                runOwn();
            } else {
                time.reach(sourceNs);
                market().advance(sourceNs, 1, sink);
                settle();
            }
            done++;
        }
        return done;
    }

    /** A recording tells its own time, so that what is due follows each of its events. */
    private int advanceInTurn(long nowNs, int limit) {
        int done = 0;
        while (done < limit && market().advance(nowNs, 1, sink) > 0) {
            done++;
            time.reach(venueNs(nowNs));
            settle();
            while (ownDueNs() <= time.epochNs()) {
                runOwn();
            }
        }
        return done;
    }

    private long venueNs(long clockNs) {
        return market().isOnDriversTime() ? clockNs : market().venueTimeMs(clockNs) * NS_PER_MS;
    }

    private long ownDueNs() {
        long engineMs = engine.nextDueMs();
        long engineNs = engineMs == MatchingEngine.NEVER_MS ? NEVER : engineMs * NS_PER_MS;
        long taskNs = tasks.isEmpty() ? NEVER : tasks.peek().dueNs();
        return Math.min(Math.min(taskNs, engineNs), Math.min(algo.nextDueNs(), userData.nextDueNs()));
    }

    private void runOwn() {
        enterMarket();
        while (!tasks.isEmpty() && tasks.peek().dueNs() <= time.epochNs()) {
            tasks.poll().work().run();
            settle();
        }
        engine.advance(nowMs());
        settle();
        algo.advance(time.epochNs());
        settle();
        userData.advance(time.epochNs());
    }

    /** Does what the last event has left to be done. */
    void settle() {
        while (!followUps.isEmpty()) {
            enterMarket();
            for (FollowUps.Funding funding : followUps.takeFundings()) {
                accounts.onFunding(funding.symbol(), funding.rateE8(), funding.markE8());
            }
            for (FollowUps.Changed changed : followUps.takePositions()) {
                if (changed.isOffBook()) {
                    engine.onPositionChanged(changed.accountId(), changed.symbol(), nowMs());
                }
                algo.onPosition(changed.accountId(), changed.symbol(), time.epochNs());
            }
            for (int symbol : followUps.takePrices()) {
                if (followUps.takeMark(symbol)) {
                    accounts.onMark(symbol);
                }
                algo.onPrices(symbol, time.epochNs());
            }
        }
    }

    // --- requests, at the present time

    private <T> T request(Action<T> action) throws VenueException {
        enterMarket();
        try {
            return action.run();
        } finally {
            settle();
        }
    }

    private interface Action<T> {
        T run() throws VenueException;
    }

    /**
     * Places an order and matches it.
     *
     * @param order asked for.
     * @return the order as it is after matching.
     * @throws VenueException if it is refused; then nothing has happened.
     */
    public Order place(OrderRequest order) throws VenueException {
        return request(() -> engine.place(order, nowMs()));
    }

    /**
     * Checks an order as if it were placed.
     *
     * @param order asked for.
     * @throws VenueException if it would be refused.
     */
    public void test(OrderRequest order) throws VenueException {
        engine.test(order, nowMs());
    }

    /**
     * Amends an order.
     *
     * @param change asked for.
     * @return the order as it is after matching.
     * @throws VenueException if it is refused; then the order is as it was.
     */
    public Order amend(AmendRequest change) throws VenueException {
        return request(() -> engine.amend(change, nowMs()));
    }

    /**
     * Cancels an order.
     *
     * @param accountId of the client.
     * @param symbol index of the contract.
     * @param orderId of the order, 0 finds it by the client's id.
     * @param clientOrderId the client's id, or null.
     * @return the order.
     * @throws VenueException -2011 if it is not open.
     */
    public Order cancel(int accountId, int symbol, long orderId, String clientOrderId) throws VenueException {
        return request(() -> engine.cancel(accountId, symbol, orderId, clientOrderId, nowMs()));
    }

    /**
     * Cancels all open orders of an account for a contract; conditional orders stay.
     *
     * @param accountId of the client.
     * @param symbol index of the contract.
     * @return the orders, oldest first.
     */
    public List<Order> cancelAll(int accountId, int symbol) {
        enterMarket();
        List<Order> orders = engine.cancelAll(accountId, symbol, nowMs());
        settle();
        return orders;
    }

    /**
     * Sets when all open orders of an account for a contract are cancelled.
     *
     * @param accountId of the client.
     * @param symbol index of the contract.
     * @param countdownMs milliseconds from now, 0 stops the countdown.
     */
    public void countdown(int accountId, int symbol, long countdownMs) {
        engine.countdownCancelAll(accountId, symbol, countdownMs, nowMs());
    }

    /**
     * Places a conditional order.
     *
     * @param order asked for.
     * @return the order, waiting.
     * @throws VenueException if it is refused.
     */
    public AlgoOrder placeAlgo(AlgoRequest order) throws VenueException {
        return request(() -> algo.place(order, time.epochNs()));
    }

    /**
     * Cancels a conditional order.
     *
     * @param accountId of the client.
     * @param algoId of the order, 0 finds it by the client's id.
     * @param clientAlgoId the client's id, or null.
     * @return the order.
     * @throws VenueException if it does not wait.
     */
    public AlgoOrder cancelAlgo(int accountId, long algoId, String clientAlgoId) throws VenueException {
        return request(() -> algo.cancel(accountId, algoId, clientAlgoId, time.epochNs()));
    }

    /**
     * Lets something happen at a time: a fault, an operation, a request under way.
     *
     * @param dueNs the venue's time, epoch nanoseconds; what lies in the past happens with the next event.
     * @param work done then, before the venue's own due work, in the order in which it was scheduled.
     */
    public void schedule(long dueNs, Runnable work) {
        tasks.add(new Task(Math.max(dueNs, time.epochNs()), ++lastTask, work));
    }

    // --- contracts

    /** Returns what can be done to contracts. */
    public ContractOperations contracts() {
        return contracts;
    }

    /** Puts other rules in force and announces them. */
    void changeRules(int symbol, ContractRules newRules, boolean hasNewBrackets) {
        ContractRules old = rules.set(symbol, newRules);
        accounts.rules(symbol, newRules);
        boolean isAnnounced = hasNewBrackets
                || newRules.status() != old.status()
                || newRules.deliveryDateMs() != old.deliveryDateMs();
        if (isAnnounced) {
            announce(newRules, hasNewBrackets, time.epochNs(), sink);
        }
    }

    /** What follows happens in the market at the present time. */
    void enterMarket() {
        market().enter(time.epochNs(), sink);
    }

    /** Ends everything that clients have in a contract. */
    void endContract(int symbol) {
        enterMarket();
        for (Account account : accounts.all()) {
            engine.expireAll(account.id(), symbol, ExpiryReason.DELISTED, nowMs());
        }
        algo.expireAll(AlgoService.ALL_ACCOUNTS, symbol, time.epochNs());
        accounts.settleContract(symbol, prices().markPrice(symbol));
        settle();
    }

    // --- parts and views

    /** Opens a client's account. */
    public void open(ClientSettings client) {
        client.openIn(this);
    }

    /** Returns the accounts: opening, deposits, settings, views. */
    public Accounts accounts() {
        return accounts;
    }

    /** Returns matching, for queries; orders come in through this venue. */
    public MatchingEngine engine() {
        return engine;
    }

    /** Returns the conditional service, for queries and faults. */
    public AlgoService algo() {
        return algo;
    }

    /** Returns the private events: listen keys, sinks, faults. */
    public UserData userData() {
        return userData;
    }

    /** Adds somebody who takes the private events of all accounts. */
    public void addPrivateSink(PrivateSink newSink) {
        userData.addSink(newSink);
    }

    /** Returns the venue's time, as payloads tell it. */
    public VenueClock clock() {
        return time;
    }

    /** Returns the venue's time in epoch milliseconds. */
    public long nowMs() {
        return time.nowMs();
    }

    /**
     * Returns the index of a contract.
     *
     * @param symbol upper case.
     * @return -1 if it is not listed.
     */
    public int symbolIndex(String symbol) {
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).spec().symbol().equals(symbol)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Returns the rules of a contract as they are now.
     *
     * @param symbol its index.
     */
    public ContractRules rules(int symbol) {
        return rules.get(symbol);
    }

    @Override
    public List<ContractRules> rules() {
        return List.copyOf(rules);
    }

    @Override
    public long nextDueNs() {
        return market().isOnDriversTime() ? Math.min(market().nextDueNs(), ownDueNs()) : market().nextDueNs();
    }

    /** Lets time pass without anything happening in the market; what the venue itself has to do stays where it is. */
    @Override
    public void skip(long deltaNs) {
        market().skip(deltaNs);
    }

    /** Links fills to orders. */
    private final class Origins implements PrivateEvents.Origins {
        @Override
        public AlgoOrder ofChild(long orderId) {
            return algo.ofChild(orderId);
        }

        @Override
        public void settle(Fill fill) {
            UserTrade row = engine.orders().userTrade(fill.order(), fill.trade().tradeId());
            if (row != null) {
                row.settle(fill.commission(), fill.realizedPnl());
            }
        }
    }

    /** The hands of liquidation. */
    private final class Liquidation implements LiquidationPort {
        @Override
        public void expireOpenOrders(int accountId, int symbol) {
            engine.expireAll(accountId, symbol, ExpiryReason.LIQUIDATION, nowMs());
            algo.expireAll(accountId, symbol, time.epochNs());
        }

        @Override
        public void liquidate(OrderRequest request) {
            engine.placeLiquidation(request, nowMs());
        }

        @Override
        public Trade recordOffBook(OrderRequest request, long priceTicks, boolean isAdl) {
            return engine.recordOffBook(request, priceTicks, isAdl, nowMs());
        }
    }
}
