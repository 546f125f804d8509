package io.millrace.engine.orders;

import io.millrace.codecs.event.AlgoStatus;
import io.millrace.codecs.event.AmendOrderDecoder;
import io.millrace.codecs.event.ArmCountdownDecoder;
import io.millrace.codecs.event.AuditDecoder;
import io.millrace.codecs.event.BooleanType;
import io.millrace.codecs.event.CancelAlgoDecoder;
import io.millrace.codecs.event.CancelOrderDecoder;
import io.millrace.codecs.event.CommandOutcomeCode;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.event.OrderType;
import io.millrace.codecs.event.OutcomeReason;
import io.millrace.codecs.event.PlaceAlgoDecoder;
import io.millrace.codecs.event.PlaceOrderDecoder;
import io.millrace.codecs.event.PrivateState;
import io.millrace.codecs.event.QueryOrderDecoder;
import io.millrace.codecs.event.ReportSource;
import io.millrace.codecs.event.Side;
import io.millrace.codecs.event.VenueStatus;
import io.millrace.codecs.message.EventHeader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A small venue that is right about everything and tells it badly: late, twice, out of order, or not at all. Answers get lost
 * with and without the command having had its effect.
 */
final class OracleVenue {
    static final int INSTRUMENTS = 2;
    private static final long E8_PER_TICK_LOT = 10_000;

    private final Harness harness;
    private final Random random;
    private final MessageHeaderDecoder frame = new MessageHeaderDecoder();
    private final PriorityQueue<Delivery> queue =
            new PriorityQueue<>(Comparator.comparingLong(Delivery::atNs).thenComparingLong(Delivery::number));
    final TreeMap<Long, VenueForms.Resting> orders = new TreeMap<>();
    final TreeMap<Long, VenueForms.Conditional> algos = new TreeMap<>();
    final List<VenueForms.Trade> trades = new ArrayList<>();
    final long[] position = new long[INSTRUMENTS];
    private final long[] cost = new long[INSTRUMENTS];
    long walletE8 = 1_000_000_000_000L;
    boolean isFaulty = true;
    boolean isStreamUp;
    private long nextId = 1_000;
    private long nextTrade = 50_000;
    private long number;
    int faults;
    int placed;

    private record Delivery(long atNs, long number, boolean isStream, Runnable event) {}

    OracleVenue(Harness harness, Random random) {
        this.harness = harness;
        this.random = random;
    }

    private void later(long maxMs, boolean isStream, Runnable event) {
        long delayNs = 1 + (long) (random.nextDouble() * maxMs * Harness.MS);
        queue.add(new Delivery(harness.nowNs + delayNs, number++, isStream, event));
    }

    private void stream(Runnable event) {
        if (isStreamUp) {
            later(20, true, event);
            if (isFaulty && random.nextInt(10) == 0) {
                later(60, true, event);
            }
        }
    }

    private boolean chance(int percent) {
        boolean is = isFaulty && random.nextInt(100) < percent;
        faults += is ? 1 : 0;
        return is;
    }

    /** Delivers what is due, and takes the commands that come of it. */
    void run() {
        takeCommands();
        while (!queue.isEmpty() && queue.peek().atNs() <= harness.nowNs) {
            queue.remove().event().run();
            takeCommands();
        }
    }

    /** The connection breaks, or comes back; what was under way on it is lost. */
    void streamUp(boolean isUp) {
        isStreamUp = isUp;
        if (!isUp) {
            queue.removeIf(Delivery::isStream);
        }
        harness.privateStatus(isUp ? PrivateState.UP : PrivateState.DOWN);
    }

    /** The process dies: no answer will come any more, though commands under way have their effect. */
    void crash() {
        isStreamUp = false;
        queue.clear();
        harness.commands.clear();
    }

    private void takeCommands() {
        while (!harness.commands.isEmpty()) {
            byte[] command = harness.commands.remove();
            if (chance(4)) {
                later(20, false, () -> outcome(command, CommandOutcomeCode.REFUSED, OutcomeReason.RATE_LIMIT, 0));
            } else if (chance(2)) {
                later(300, false, () -> outcome(command, CommandOutcomeCode.EXPIRED_UNSENT, OutcomeReason.TOO_OLD, 0));
            } else {
                later(5, false, () -> outcome(command, CommandOutcomeCode.SENT, OutcomeReason.NONE, 0));
                long ms = isFaulty && random.nextInt(20) == 0 ? 800 : 15;
                later(ms, false, () -> execute(command));
            }
        }
    }

    private void outcome(byte[] command, CommandOutcomeCode code, OutcomeReason reason, int venueCode) {
        harness.outcome(command, code, reason, venueCode);
    }

    private void fail(byte[] command, int venueCode) {
        OutcomeReason reason = venueCode == -2013 ? OutcomeReason.NOT_FOUND : OutcomeReason.VENUE_ERROR;
        later(10, false, () -> outcome(command, CommandOutcomeCode.FAILED, reason, venueCode));
    }

    /** The command reaches the venue; it may fail there, or its answer may be lost. */
    private void execute(byte[] command) {
        UnsafeBuffer buffer = new UnsafeBuffer(command);
        if (chance(4)) {
            fail(command, -1008);
            return;
        }
        boolean isLost = chance(6);
        if (isLost) {
            later(500, false, () -> outcome(command, CommandOutcomeCode.UNKNOWN, OutcomeReason.TIMEOUT, 0));
            if (random.nextBoolean()) {
                return;
            }
        }
        switch (EventHeader.templateId(buffer, 0)) {
            case PlaceOrderDecoder.TEMPLATE_ID -> place(command, buffer, isLost);
            case PlaceAlgoDecoder.TEMPLATE_ID -> placeAlgo(command, buffer, isLost);
            case CancelOrderDecoder.TEMPLATE_ID -> cancel(command, buffer, isLost);
            case CancelAlgoDecoder.TEMPLATE_ID -> cancelAlgo(command, buffer, isLost);
            case AmendOrderDecoder.TEMPLATE_ID -> amend(command, buffer, isLost);
            case QueryOrderDecoder.TEMPLATE_ID -> query(command, buffer, isLost);
            case AuditDecoder.TEMPLATE_ID -> audit(command, buffer, isLost);
            case ArmCountdownDecoder.TEMPLATE_ID ->
                later(10, false, () -> outcome(command, CommandOutcomeCode.ANSWERED, OutcomeReason.NONE, 0));
            default -> throw new IllegalStateException("template " + EventHeader.templateId(buffer, 0));
        }
    }

    private void place(byte[] command, UnsafeBuffer buffer, boolean isLost) {
        PlaceOrderDecoder in = new PlaceOrderDecoder().wrapAndApplyHeader(buffer, 0, frame);
        VenueForms.Resting order = new VenueForms.Resting();
        order.instrument = EventHeader.instrumentId(buffer, 0);
        order.key = in.clientKey();
        order.tag = in.clientTag();
        order.side = in.side();
        order.type = in.orderType();
        order.price = in.priceTicks();
        order.qty = in.qtyLots();
        order.isReduceOnly = in.reduceOnly() == BooleanType.YES;
        if (orders.values().stream().anyMatch(o -> o.key == order.key && o.parent == null)) {
            throw new IllegalStateException("order " + order.key + " came twice");
        }
        if (order.isReduceOnly && reducible(order) == 0) {
            fail(command, -2022);
            return;
        }
        order.id = nextId++;
        placed++;
        orders.put(order.id, order);
        if (!isLost) {
            answer(command, order);
        }
        tell(order, null);
        if (order.type == OrderType.MARKET) {
            fillMarket(order);
        }
    }

    private long reducible(VenueForms.Resting order) {
        long lots = position[order.instrument];
        boolean isReducing = lots != 0 && (lots > 0) == (order.side == Side.SELL);
        return isReducing ? Math.abs(lots) : 0;
    }

    private void fillMarket(VenueForms.Resting order) {
        while (order.isOpen()) {
            long lots = Math.min(order.qty - order.filled, 1 + random.nextInt(8));
            fill(order, 9_950 + random.nextInt(100), lots);
        }
    }

    /** Fills an order; one that only reduces ends where there is nothing left to reduce. */
    void fill(VenueForms.Resting order, long ticks, long wanted) {
        long lots = order.isReduceOnly ? Math.min(wanted, reducible(order)) : wanted;
        if (lots == 0) {
            order.status = VenueStatus.EXPIRED;
            tell(order, null);
            finish(order);
            return;
        }
        order.filled += lots;
        order.status = order.filled == order.qty ? VenueStatus.FILLED : VenueStatus.PARTIALLY_FILLED;
        int id = order.instrument;
        long signed = order.side == Side.BUY ? lots : -lots;
        long realized = 0;
        if (position[id] == 0 || (position[id] > 0) == (signed > 0)) {
            cost[id] += ticks * lots;
        } else {
            long closed = Math.min(lots, Math.abs(position[id]));
            long share = cost[id] * closed / Math.abs(position[id]);
            realized = (position[id] > 0 ? ticks * closed - share : share - ticks * closed) * E8_PER_TICK_LOT;
            cost[id] = lots > closed ? ticks * (lots - closed) : cost[id] - share;
        }
        position[id] += signed;
        long fee = ticks * lots * 4;
        walletE8 += realized - fee;
        VenueForms.Trade trade =
                new VenueForms.Trade(id, order.id, order.side, nextTrade++, ticks, lots, fee, realized);
        trades.add(trade);
        tell(order, trade);
        Harness.Order lite = VenueForms.form(order, trade);
        if (order.parent == null || random.nextBoolean()) {
            stream(() -> harness.notice(id, lite, ReportSource.STREAM));
        }
        long wallet = walletE8;
        long[] positions = position.clone();
        stream(() -> harness.account(0, wallet, 0, positions));
        if (!order.isOpen()) {
            finish(order);
        }
    }

    private void finish(VenueForms.Resting order) {
        if (order.parent != null) {
            order.parent.status = AlgoStatus.FINISHED;
            tell(order.parent, order.filled);
        }
    }

    private void tell(VenueForms.Resting order, VenueForms.Trade trade) {
        Harness.Order form = VenueForms.form(order, trade);
        int id = order.instrument;
        stream(() -> harness.report(id, form));
    }

    private void answer(byte[] command, VenueForms.Resting order) {
        Harness.Order form = VenueForms.form(order, null);
        form.commandId = new UnsafeBuffer(command).getLong(48);
        form.source = ReportSource.ANSWER;
        int id = order.instrument;
        later(15, false, () -> harness.report(id, form));
    }

    private void tell(VenueForms.Conditional algo, long filled) {
        Harness.Algo form = VenueForms.form(algo, filled);
        int id = algo.instrument;
        stream(() -> harness.report(id, form));
    }

    private void answer(byte[] command, VenueForms.Conditional algo, ReportSource source) {
        VenueForms.Resting child = orders.get(algo.childId);
        Harness.Algo form = VenueForms.form(algo, child == null ? 0 : child.filled);
        form.commandId = new UnsafeBuffer(command).getLong(48);
        form.source = source;
        int id = algo.instrument;
        later(15, false, () -> harness.report(id, form));
    }

    private void placeAlgo(byte[] command, UnsafeBuffer buffer, boolean isLost) {
        PlaceAlgoDecoder in = new PlaceAlgoDecoder().wrapAndApplyHeader(buffer, 0, frame);
        VenueForms.Conditional algo = new VenueForms.Conditional();
        algo.instrument = EventHeader.instrumentId(buffer, 0);
        algo.key = in.clientKey();
        algo.tag = in.clientTag();
        algo.side = in.side();
        algo.trigger = in.triggerTicks();
        algo.qty = in.qtyLots();
        if (algos.values().stream().anyMatch(o -> o.key == algo.key)) {
            throw new IllegalStateException("conditional order " + algo.key + " came twice");
        }
        algo.id = nextId++;
        placed++;
        algos.put(algo.id, algo);
        if (!isLost) {
            answer(command, algo, ReportSource.ANSWER);
        }
        tell(algo, 0);
    }

    void trigger(VenueForms.Conditional algo) {
        algo.status = AlgoStatus.TRIGGERING;
        tell(algo, 0);
        VenueForms.Resting child = new VenueForms.Resting();
        child.parent = algo;
        child.instrument = algo.instrument;
        child.side = algo.side;
        child.type = OrderType.MARKET;
        child.qty = algo.qty;
        child.isReduceOnly = true;
        child.id = nextId++;
        boolean isNamed = random.nextBoolean();
        child.key = isNamed ? algo.key : 0;
        child.tag = isNamed ? algo.tag : 0;
        orders.put(child.id, child);
        algo.childId = child.id;
        algo.status = AlgoStatus.TRIGGERED;
        tell(algo, 0);
        tell(child, null);
        fillMarket(child);
    }

    private VenueForms.Resting find(long venueId, long key, int tag) {
        if (venueId != 0) {
            return orders.get(venueId);
        }
        return orders.values().stream()
                .filter(o -> o.key == key && o.tag == tag && o.parent == null)
                .findFirst()
                .orElse(null);
    }

    private VenueForms.Conditional findAlgo(long venueId, long key, int tag) {
        return algos.values().stream()
                .filter(o -> venueId != 0 ? o.id == venueId : o.key == key && o.tag == tag)
                .findFirst()
                .orElse(null);
    }

    private void cancel(byte[] command, UnsafeBuffer buffer, boolean isLost) {
        CancelOrderDecoder in = new CancelOrderDecoder().wrapAndApplyHeader(buffer, 0, frame);
        VenueForms.Resting order = find(in.venueOrderId(), in.clientKey(), in.clientTag());
        if (order == null || !order.isOpen()) {
            fail(command, -2011);
            return;
        }
        cancel(order);
        if (!isLost) {
            answer(command, order);
        }
    }

    /** Cancels an order, whoever wants it. */
    void cancel(VenueForms.Resting order) {
        order.status = VenueStatus.CANCELED;
        tell(order, null);
        finish(order);
    }

    private void cancelAlgo(byte[] command, UnsafeBuffer buffer, boolean isLost) {
        CancelAlgoDecoder in = new CancelAlgoDecoder().wrapAndApplyHeader(buffer, 0, frame);
        VenueForms.Conditional algo = findAlgo(in.venueAlgoId(), in.clientKey(), in.clientTag());
        if (algo == null || algo.status != AlgoStatus.NEW) {
            fail(command, -2011);
            return;
        }
        algo.status = AlgoStatus.CANCELED;
        tell(algo, 0);
        if (!isLost) {
            answer(command, algo, ReportSource.ANSWER);
        }
    }

    private void amend(byte[] command, UnsafeBuffer buffer, boolean isLost) {
        AmendOrderDecoder in = new AmendOrderDecoder().wrapAndApplyHeader(buffer, 0, frame);
        VenueForms.Resting order = find(in.venueOrderId(), in.clientKey(), in.clientTag());
        if (order == null || !order.isOpen()) {
            fail(command, -2013);
            return;
        }
        order.price = in.priceTicks();
        order.qty = in.qtyLots();
        if (order.filled >= order.qty) {
            order.qty = order.filled + 1;
            order.status = VenueStatus.CANCELED;
        }
        tell(order, null);
        if (!isLost) {
            answer(command, order);
        }
    }

    private void query(byte[] command, UnsafeBuffer buffer, boolean isLost) {
        QueryOrderDecoder in = new QueryOrderDecoder().wrapAndApplyHeader(buffer, 0, frame);
        if (isLost) {
            return;
        }
        if (in.algo() == BooleanType.YES) {
            VenueForms.Conditional algo = findAlgo(in.venueId(), in.clientKey(), in.clientTag());
            if (algo == null) {
                fail(command, -2013);
            } else {
                answer(command, algo, ReportSource.QUERY);
            }
            return;
        }
        VenueForms.Resting order = find(in.venueId(), in.clientKey(), in.clientTag());
        if (order == null) {
            fail(command, -2013);
            return;
        }
        Harness.Order form = VenueForms.form(order, null);
        form.commandId = in.commandId();
        form.source = ReportSource.QUERY;
        later(15, false, () -> harness.report(order.instrument, form));
    }

    private void audit(byte[] command, UnsafeBuffer buffer, boolean isLost) {
        if (isLost) {
            return;
        }
        AuditDecoder in = new AuditDecoder().wrapAndApplyHeader(buffer, 0, frame);
        long commandId = in.commandId();
        long sentNs = harness.nowNs;
        List<Runnable> rows = new ArrayList<>();
        if (in.kinds().trades()) {
            int id = EventHeader.instrumentId(buffer, 0);
            long after = in.afterTradeId();
            for (VenueForms.Trade trade : trades) {
                if (trade.instrument() == id && trade.id() > after) {
                    Harness.Order form = VenueForms.form(orders.get(trade.orderId()), trade);
                    form.commandId = commandId;
                    rows.add(() -> harness.notice(id, form, ReportSource.AUDIT));
                }
            }
        } else {
            picture(commandId, rows);
        }
        later(20, false, () -> {
            rows.forEach(Runnable::run);
            harness.auditDone(command, sentNs);
        });
    }

    private void picture(long commandId, List<Runnable> rows) {
        for (VenueForms.Resting order : orders.values()) {
            if (order.isOpen()) {
                Harness.Order form = VenueForms.form(order, null);
                form.commandId = commandId;
                form.source = ReportSource.AUDIT;
                rows.add(() -> harness.report(order.instrument, form));
            }
        }
        for (VenueForms.Conditional algo : algos.values()) {
            if (algo.status == AlgoStatus.NEW) {
                Harness.Algo form = VenueForms.form(algo, 0);
                form.commandId = commandId;
                form.source = ReportSource.AUDIT;
                rows.add(() -> harness.report(algo.instrument, form));
            }
        }
        long wallet = walletE8;
        long[] positions = position.clone();
        rows.add(() -> harness.account(commandId, wallet, 0, positions));
    }
}
