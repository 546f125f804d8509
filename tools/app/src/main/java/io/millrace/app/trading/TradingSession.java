package io.millrace.app.trading;

import io.millrace.app.config.Config;
import io.millrace.app.config.ConfigException;
import io.millrace.app.config.TradingConfig;
import io.millrace.app.runtime.LiveRun;
import io.millrace.app.runtime.Venue;
import io.millrace.codecs.event.OperatorAction;
import io.millrace.codecs.event.StopReason;
import io.millrace.codecs.port.Inlet;
import io.millrace.gateway.MarketDataGateway;
import io.millrace.gateway.OrderGateway;
import io.millrace.gateway.OrderSettings;
import io.millrace.gateway.account.OrderAgent;
import io.millrace.gateway.account.OrderStatus;
import io.millrace.gateway.limits.LedgerMemory;
import io.millrace.gateway.limits.LimitSettings;
import io.millrace.gateway.orders.OrderLinkSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/**
 * One run with market data and, where the configuration says so, with orders: joins the engine with both gateways.
 *
 * <p><b>Thread:</b> the one that opened the run.
 */
public final class TradingSession implements AutoCloseable {
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long WIND_UP_NS = TimeUnit.SECONDS.toNanos(30);

    private final LiveRun run;
    private final LedgerMemory ledger;
    private final MarketDataGateway market;
    private final OrderGateway orders;
    private boolean isWoundUp;

    /**
     * Joins the parts; {@link #start} starts them.
     *
     * @param config names venue and account.
     * @param certificate that is trusted beside the system's, null for none.
     * @param run to feed.
     * @param keys of the account, null if {@code trading.mode} is none.
     */
    public TradingSession(Config config, Path certificate, LiveRun run, OrderAgent.Keys keys) {
        this(config, certificate, run, keys, UnaryOperator.identity());
    }

    /**
     * Joins the parts; {@link #start} starts them.
     *
     * @param config names venue and account.
     * @param certificate that is trusted beside the system's, null for none.
     * @param run to feed.
     * @param keys of the account, null if {@code trading.mode} is none.
     * @param adjusted makes the order gateway's settings of those that the configuration gives; for an account with limits of
     *     its own.
     */
    public TradingSession(
            Config config, Path certificate, LiveRun run, OrderAgent.Keys keys, UnaryOperator<OrderSettings> adjusted) {
        this.run = run;
        Inlet control = run.controlInlet();
        if (keys == null) {
            ledger = LedgerMemory.inProcess();
            orders = null;
        } else {
            ledger = ledger(config);
            orders = new OrderGateway(
                    adjusted.apply(settings(config, certificate)),
                    keys,
                    ledger,
                    control,
                    run.instruments(),
                    new OrderAgent.Time(
                            run.clock(), new SplittableRandom(), run.engine().orderStamps()));
        }
        market = Venue.gateway(
                config, certificate, run, ledger, orders == null ? control : orders.definitionsFrom(control));
    }

    private static OrderSettings settings(Config config, Path certificate) {
        TradingConfig trading = config.trading();
        try {
            OrderLinkSettings link = OrderLinkSettings.of(trading.wsApiUri());
            return OrderSettings.of(config.venue().restUri(), trading.wsApiUri(), trading.privateUri())
                    .with(new OrderLinkSettings(
                            link.wsApi(), trading.receiveWindowMs(), link.maxInFlight(), link.times()))
                    .with(limits(config))
                    .withOneWaySet()
                    .with(Venue.transport(config, certificate))
                    .withSlotLength(config.engine().slotLengthBytes());
        } catch (IllegalArgumentException e) {
            throw new ConfigException("trading: " + e.getMessage(), e);
        }
    }

    /** Returns what the venue's limits are counted in: a file that processes share, where the configuration names one. */
    static LedgerMemory ledger(Config config) {
        String file = config.trading().ledgerFile();
        return file.isEmpty() ? LedgerMemory.inProcess() : LedgerMemory.shared(Path.of(file));
    }

    static LimitSettings limits(Config config) {
        LimitSettings limits = LimitSettings.VENUE;
        return limits.withLimits(config.venue().weightPerMinute(), limits.ordersPer10s(), limits.ordersPerMinute());
    }

    /** Starts everything. */
    public void start() {
        if (orders == null) {
            run.start(List.of(market), market.commandInlet());
        } else {
            run.start(
                    List.of(market), List.of(orders), new CommandRouter(market.commandInlet(), orders.commandInlet()));
        }
    }

    /** Returns the market data's side. */
    public MarketDataGateway market() {
        return market;
    }

    /** Returns what is known of the order link, null without an account. */
    public OrderStatus orderStatus() {
        return orders == null ? null : orders.status();
    }

    /** Ends trading as the configuration says, while the connections still work; {@link #stop} need not any more. */
    public void windUp() {
        if (orders != null && !isWoundUp && run.isRunning()) {
            run.operator(OperatorAction.STOP, "the run ends");
            awaitWoundUp();
        }
    }

    /**
     * Stops in order: entries are cancelled, or everything is closed, as the configuration says; when that is
     * so, or after half a minute, the run ends.
     *
     * @param reason for the record.
     */
    public void stop(StopReason reason) {
        windUp();
        run.stop(reason);
    }

    private void awaitWoundUp() {
        long deadlineNs = System.nanoTime() + WIND_UP_NS;
        while (run.isRunning() && !run.isWoundUp() && System.nanoTime() - deadlineNs < 0) {
            LockSupport.parkNanos(POLL_NS);
        }
        isWoundUp = run.isWoundUp();
    }

    /** Returns whether everything that the stop was to end had ended. */
    public boolean isWoundUp() {
        return isWoundUp;
    }

    @Override
    public void close() {
        run.close();
        ledger.close();
    }
}
