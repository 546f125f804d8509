package io.millrace.gateway.orders;

import io.millrace.codecs.binance.ExchangeInfoReader;
import io.millrace.codecs.binance.InstrumentSelection;
import io.millrace.codecs.port.Inlet;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.InstrumentTable;
import io.millrace.gateway.GatewayRig;
import io.millrace.gateway.OrderGateway;
import io.millrace.gateway.OrderSettings;
import io.millrace.gateway.RecordingInlet;
import io.millrace.gateway.TestClock;
import io.millrace.gateway.account.OrderAgent;
import io.millrace.gateway.clock.IngressClock;
import io.millrace.gateway.keys.ApiKey;
import io.millrace.gateway.keys.NewKey;
import io.millrace.gateway.limits.LedgerMemory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.agrona.concurrent.UnsafeBuffer;

/** An order gateway whose agent runs on the test's own thread. */
public final class OrderRig implements AutoCloseable {
    public static final String KEY = "key-1";
    public static final String SECRET = "secret-1";

    private static final NewKey PAIR = NewKey.ed25519();
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(120);
    private static final long IDLE_NS = 10_000;

    public final RecordingInlet control = new RecordingInlet();
    public final LedgerMemory ledger = LedgerMemory.inProcess();
    public final IngressClock clock;
    public final OrderGateway gateway;

    public OrderRig(OrderSettings settings, ApiKey key, InstrumentTable known) {
        this(settings, key, known, IngressClock.system());
    }

    public OrderRig(OrderSettings settings, ApiKey key, InstrumentTable known, TestClock time) {
        this(settings, key, known, time.ingress());
    }

    private OrderRig(OrderSettings settings, ApiKey key, InstrumentTable known, IngressClock clock) {
        this.clock = clock;
        this.gateway = new OrderGateway(
                settings,
                new OrderAgent.Keys(key, null),
                ledger,
                control,
                known,
                new OrderAgent.Time(clock, RandomGenerator.of("L64X128MixRandom")));
        gateway.onStart();
    }

    public static ApiKey ed25519() {
        return ApiKey.of(KEY, PAIR.privatePem());
    }

    public static String publicKey() {
        return PAIR.publicPem();
    }

    /** Contracts as an exchangeInfo tells them, from id 0 on. */
    public static InstrumentTable table(byte[] exchangeInfo, List<String> symbols) {
        InstrumentTable table = new InstrumentTable();
        InstrumentSelection selection = InstrumentSelection.of(symbols, GatewayRig.BOOK_STREAMS);
        for (InstrumentSpec spec : ExchangeInfoReader.read(exchangeInfo, table, selection)) {
            table.put(spec);
        }
        return table;
    }

    /** BTCUSDT with a tick of 0.10 and a lot of 0.001. */
    public static InstrumentTable btc() {
        String info = GatewayRig.exchangeInfo(List.of("BTCUSDT"), "0.10");
        return table(info.getBytes(StandardCharsets.UTF_8), List.of("BTCUSDT"));
    }

    public long soonNs() {
        return clock.nowNs() + TimeUnit.SECONDS.toNanos(60);
    }

    public void offer(UnsafeBuffer command) {
        if (gateway.commandInlet().offer(command, 0, command.capacity()) != Inlet.ACCEPTED) {
            throw new AssertionError("the command was not taken");
        }
    }

    public void pumpUntil(String what, BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadlineNs) {
                throw new AssertionError("not within 120 s: " + what);
            }
            if (gateway.doWork() == 0) {
                LockSupport.parkNanos(IDLE_NS);
            }
        }
    }

    /** Runs the agent until so many lines tell of a command, and returns them. */
    public List<String> chain(long commandId, int lines) {
        pumpUntil("the end of " + commandId, () -> isEnded(OrderMessages.chain(control, commandId), lines));
        return OrderMessages.chain(control, commandId);
    }

    /** What is refused or failed has no more lines to wait for. */
    private static boolean isEnded(List<String> chain, int lines) {
        return chain.size() >= lines
                || (!chain.isEmpty()
                        && chain.get(chain.size() - 1).matches("(REFUSED|EXPIRED_UNSENT|FAILED|UNKNOWN):.*"));
    }

    @Override
    public void close() {
        gateway.onClose();
        ledger.close();
    }
}
