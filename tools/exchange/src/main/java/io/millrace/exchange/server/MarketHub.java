package io.millrace.exchange.server;

import io.millrace.exchange.faults.ActiveFault;
import io.millrace.exchange.faults.Faults;
import io.millrace.exchange.market.FrameSink;
import io.millrace.exchange.market.MarketSource;
import io.millrace.exchange.market.StreamKind;
import io.millrace.exchange.userdata.UserData;
import io.millrace.exchange.venue.BookImage;
import io.millrace.exchange.venue.ContractRules;
import io.millrace.exchange.venue.SymbolSpec;
import io.millrace.exchange.venue.VenueClock;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives the market by the clock and carries its payloads to the connections that take their streams.
 *
 * <p><b>Thread:</b> the loop; the counters may be read by any.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes its channel, which is noticed
final class MarketHub implements FrameSink {
    private static final int EVENTS_PER_TURN = 4096;
    private static final int EVENTS_PER_TURN_WHEN_PACED = 64;
    private static final long PACED_QUEUE_BYTES = 512 * 1024;
    private static final long NS_PER_MS = 1_000_000L;
    private static final long TURN_NS = 500_000;
    private static final long HOUSEKEEPING_NS = 10_000_000;
    private static final Logger LOG = LoggerFactory.getLogger(MarketHub.class);
    private static final StreamConnection[] NOBODY = {};
    private static final int NO_STREAM = -1;

    private final EventLoop loop;
    private final MarketSource source;
    private final VenueClock clock;
    private final ServerSettings.Limits limits;
    private final DoorKeeper doorKeeper;
    private final Faults faults;
    private final FrameFaults frameFaults;
    private final PrivateStreams privates;
    private final LoopTimers timers = new LoopTimers();
    private final List<SymbolSpec> symbols;
    private final Map<String, Integer> symbolIndex = new HashMap<>();
    private final StreamDirectory directory;
    private final StreamConnection[][] takers;
    private final Map<Integer, StreamConnection> connections = new LinkedHashMap<>();
    private final List<StreamConnection> dirty = new ArrayList<>();
    private final AtomicLongArray sent = new AtomicLongArray(StreamKind.count());
    private final Map<CutReason, AtomicLong> cuts = new EnumMap<>(CutReason.class);

    private int wantedStreams;
    private int lastConnectionId;
    private long housekeepingNs;
    private long pausedNs = -1;
    private boolean isTurnQueued;
    private boolean isBlocked;
    private boolean isClosed;
    private Throwable failure;

    MarketHub(EventLoop loop, MarketSource source, VenueClock clock, ServerSettings.Limits limits, UserData userData) {
        this.loop = loop;
        this.source = source;
        this.clock = clock;
        this.limits = limits;
        this.doorKeeper = new DoorKeeper(limits.doors().connectionsPer5Minutes());
        this.faults = new Faults(task -> runOnLoop(task), this::allBooks);
        this.frameFaults = new FrameFaults(this);
        faults.connect(frameFaults);
        this.symbols = source.symbols();
        this.privates = new PrivateStreams(userData, symbols, this::markDirty);
        for (int i = 0; i < symbols.size(); i++) {
            symbolIndex.put(symbols.get(i).symbol(), i);
        }
        directory = new StreamDirectory(symbols);
        takers = new StreamConnection[directory.size()][];
        Arrays.fill(takers, NOBODY);
        for (CutReason reason : CutReason.values()) {
            cuts.put(reason, new AtomicLong());
        }
    }

    void start() {
        runOnLoop(this::turn);
    }

    private void runOnLoop(Runnable task) {
        if (loop.inEventLoop()) {
            task.run();
        } else {
            loop.execute(task);
        }
    }

    // --- the market's turn

    private void turn() {
        isTurnQueued = false;
        if (isClosed) {
            return;
        }
        try {
            runTurn(clock.epochNs());
        } catch (RuntimeException | AssertionError e) {
            // A market that failed must not look like a quiet one.
            LOG.error("the market failed, all connections are cut", e);
            failure = e;
            isClosed = true;
            List.copyOf(connections.values()).forEach(connection -> cut(connection, CutReason.FAILURE));
        }
    }

    private void runTurn(long nowNs) {
        timers.run(nowNs);
        boolean hasMore = pausedNs < 0 && advance(nowNs);
        // A recording tells its own time, and private events are in the venue's.
        privates.advance(source.isOnDriversTime() ? nowNs : source.venueTimeMs(nowNs) * NS_PER_MS, nowNs);
        flushDirty(nowNs);
        if (nowNs - housekeepingNs >= HOUSEKEEPING_NS) {
            housekeepingNs = nowNs;
            housekeep(nowNs);
            SlowReaders.overBudget(connections.values(), limits.doors().queuedBytes())
                    .forEach(connection -> cut(connection, CutReason.SLOW_READER));
        }
        queueTurn(hasMore);
    }

    /** Returns whether more is due at once. */
    private boolean advance(long nowNs) {
        if (!source.isPacedByReaders()) {
            return source.advance(nowNs, EVENTS_PER_TURN, this) == EVENTS_PER_TURN;
        }
        for (int done = 0; done < EVENTS_PER_TURN; done += EVENTS_PER_TURN_WHEN_PACED) {
            isBlocked = isAnybodyBehind();
            if (isBlocked) {
                return false;
            }
            if (source.advance(nowNs, EVENTS_PER_TURN_WHEN_PACED, this) < EVENTS_PER_TURN_WHEN_PACED) {
                return false;
            }
        }
        return true;
    }

    private boolean isAnybodyBehind() {
        for (StreamConnection connection : connections.values()) {
            if (connection.queuedBytes() > PACED_QUEUE_BYTES) {
                return true;
            }
        }
        return false;
    }

    private void queueTurn(boolean isAtOnce) {
        if (isTurnQueued) {
            return;
        }
        isTurnQueued = true;
        if (isAtOnce) {
            loop.execute(this::turn);
        } else {
            loop.schedule(this::turn, TURN_NS, TimeUnit.NANOSECONDS);
        }
    }

    private void onWritten() {
        if (isBlocked && !isAnybodyBehind()) {
            // The turn that is scheduled anyway would find this out 500 us later.
            isBlocked = false;
            isTurnQueued = true;
            loop.execute(this::turn);
        }
    }

    private void flushDirty(long nowNs) {
        for (int i = 0; i < dirty.size(); i++) {
            StreamConnection connection = dirty.get(i);
            connection.flush(nowNs);
            if (connection.queuedBytes() > limits.queuedBytes()) {
                cut(connection, CutReason.SLOW_READER);
            }
        }
        dirty.clear();
    }

    private void housekeep(long nowNs) {
        for (StreamConnection connection : List.copyOf(connections.values())) {
            if (connection.hasUnsent()) {
                // A slowed connection, or one that was: nothing else may ever be published to it.
                markDirty(connection);
            }
            if (nowNs - connection.openedNs >= limits.lifetimeMs() * 1_000_000L) {
                close(connection, 1000, CutReason.LIFETIME);
            } else if (nowNs - connection.lastPongNs >= limits.pongTimeoutMs() * 1_000_000L) {
                cut(connection, CutReason.PONG_TIMEOUT);
            } else if (nowNs - connection.lastPingNs >= limits.pingIntervalMs() * 1_000_000L) {
                connection.lastPingNs = nowNs;
                ControlMessages.ping(connection, nowNs);
            }
        }
    }

    // --- payloads to connections

    @Override
    public boolean isWanted(int symbol, StreamKind kind) {
        return takers[directory.number(symbol, kind)].length > 0;
    }

    @Override
    public void onFrame(int symbol, StreamKind kind, byte[] payload, int length) {
        int stream = directory.number(symbol, kind);
        for (StreamConnection connection : takers[stream]) {
            if (faults.isArmed() && frameFaults.isHit(connection, stream, payload, length)) {
                continue;
            }
            send(connection, stream, payload, length);
            byte[] held = connection.takeHeld(stream);
            if (held != null) {
                send(connection, stream, held, held.length);
            }
        }
    }

    /** Sends a payload whatever the faults say. */
    void send(StreamConnection connection, int stream, byte[] payload, int length) {
        if (!connection.channel.isActive()) {
            return;
        }
        StreamKind kind = StreamDirectory.kindOf(stream);
        connection.append(kind, directory.prefix(stream), payload, length);
        sent.lazySet(kind.index(), sent.get(kind.index()) + 1);
        markDirty(connection);
    }

    void markDirty(StreamConnection connection) {
        if (!connection.isDirty) {
            connection.isDirty = true;
            dirty.add(connection);
        }
    }

    /** Slows a connection down until the fault is cleared. */
    void throttle(StreamConnection connection, ActiveFault fault) {
        connection.throttle(fault, clock.epochNs());
    }

    // --- connections

    StreamConnection open(Channel channel, Door door, boolean isCombined) {
        StreamConnection connection = new StreamConnection(++lastConnectionId, channel, door, this::onWritten);
        long nowNs = clock.epochNs();
        connection.isCombined = isCombined;
        connection.openedNs = nowNs;
        connection.lastPingNs = nowNs;
        connection.lastPongNs = nowNs;
        connections.put(connection.id, connection);
        return connection;
    }

    void onClosed(StreamConnection connection) {
        if (connections.remove(connection.id) != null) {
            connection.streams.values().forEach(stream -> removeTaker(stream, connection));
            connection.streams.keySet().forEach(name -> privates.forget(connection, name));
            connection.release();
            source.onStreamsWanted(wantedStreams);
        }
    }

    void cut(StreamConnection connection, CutReason reason) {
        cuts.get(reason).incrementAndGet();
        onClosed(connection);
        connection.cut();
    }

    void close(StreamConnection connection, int status, CutReason reason) {
        cuts.get(reason).incrementAndGet();
        // A close frame in the middle of another frame would be no good order.
        connection.endThrottle();
        connection.flush(clock.epochNs());
        onClosed(connection);
        connection.channel.writeAndFlush(new CloseWebSocketFrame(status, "")).addListener(ChannelFutureListener.CLOSE);
    }

    /** Counts an attempt to connect; says whether the address may. */
    boolean admitConnection(String address) {
        boolean isAdmitted = doorKeeper.admit(address, clockMs());
        if (!isAdmitted) {
            onCut(CutReason.TOO_MANY_CONNECTIONS);
        }
        return isAdmitted;
    }

    /** Counts something that was ended before, or without, being a stream connection. */
    void onCut(CutReason reason) {
        cuts.get(reason).incrementAndGet();
    }

    /** Says whether the connection may send another message; cuts it if not. */
    boolean admit(StreamConnection connection) {
        if (!connections.containsKey(connection.id)) {
            return false; // Cut already; this came in the same piece as what it was cut for.
        }
        long nowNs = clock.epochNs();
        connection.inboundNs.addLast(nowNs);
        while (nowNs - connection.inboundNs.peekFirst() >= 1_000_000_000L) {
            connection.inboundNs.removeFirst();
        }
        if (connection.inboundNs.size() > limits.messagesPerSecond()) {
            cut(connection, CutReason.FLOOD);
            return false;
        }
        return true;
    }

    /** Subscribes; unknown names and streams of another route are taken and never delivered. */
    boolean subscribe(StreamConnection connection, Collection<String> names) {
        long added = names.stream()
                .filter(name -> !connection.streams.containsKey(name))
                .distinct()
                .count();
        if (connection.streams.size() + added > limits.streamsPerConnection()) {
            return false;
        }
        for (String name : names) {
            if (!connection.streams.containsKey(name)) {
                int stream = directory.find(name, connection.door);
                connection.streams.put(name, stream);
                if (connection.door == Door.PRIVATE) {
                    privates.listen(connection, PrivateWish.all(name));
                }
                addTaker(stream, connection);
            }
        }
        source.onStreamsWanted(wantedStreams);
        return true;
    }

    /** Lets a connection of the private door hear what keys give, up to the limit of streams. */
    boolean listen(StreamConnection connection, List<PrivateWish> wishes) {
        for (PrivateWish wish : wishes) {
            connection.streams.put(wish.listenKey(), NO_STREAM);
            privates.listen(connection, wish);
        }
        return connection.streams.size() <= limits.streamsPerConnection();
    }

    void unsubscribe(StreamConnection connection, Collection<String> names) {
        for (String name : names) {
            Integer stream = connection.streams.remove(name);
            if (stream != null) {
                removeTaker(stream, connection);
                privates.forget(connection, name);
            }
        }
        source.onStreamsWanted(wantedStreams);
    }

    private void addTaker(int stream, StreamConnection connection) {
        if (stream < 0) {
            return;
        }
        StreamConnection[] old = takers[stream];
        StreamConnection[] more = Arrays.copyOf(old, old.length + 1);
        more[old.length] = connection;
        takers[stream] = more;
        wantedStreams += old.length == 0 ? 1 : 0;
    }

    private void removeTaker(int stream, StreamConnection connection) {
        if (stream < 0 || takers[stream].length == 0) {
            return;
        }
        StreamConnection[] left = Arrays.stream(takers[stream])
                .filter(taker -> taker != connection)
                .toArray(StreamConnection[]::new);
        wantedStreams -= left.length == 0 ? 1 : 0;
        takers[stream] = left;
    }

    // --- market control and views, on the loop

    void pause() {
        if (pausedNs < 0) {
            pausedNs = clock.epochNs();
            while (source.advance(pausedNs, EVENTS_PER_TURN, this) == EVENTS_PER_TURN) {
                // What was due before the pause happens before it.
            }
            source.flush(pausedNs, this);
            flushDirty(pausedNs);
        }
    }

    void resume() {
        if (pausedNs >= 0) {
            source.skip(clock.epochNs() - pausedNs);
            pausedNs = -1;
        }
    }

    void close() {
        isClosed = true;
    }

    /** Returns what ended the market, or null. */
    Throwable failure() {
        return failure;
    }

    BookImage book(String symbol, int limit) {
        Integer index = symbolIndex.get(symbol);
        return index == null ? null : source.book(index, limit);
    }

    boolean isListed(String symbol) {
        return symbolIndex.containsKey(symbol);
    }

    private Map<String, BookImage> allBooks() {
        Map<String, BookImage> books = new HashMap<>();
        for (SymbolSpec spec : symbols) {
            BookImage image = book(spec.symbol(), Integer.MAX_VALUE);
            if (image != null) {
                books.put(spec.symbol(), image);
            }
        }
        return books;
    }

    long nowMs() {
        return source.venueTimeMs(clock.epochNs());
    }

    long clockMs() {
        return clock.epochNs() / 1_000_000L;
    }

    /** Lets a task run when so many milliseconds of the clock have passed. */
    LoopTimers.Timer after(long delayMs, Runnable task) {
        return timers.at(clock.epochNs() + delayMs * NS_PER_MS, task);
    }

    /** Returns the rules of all contracts as they are now. */
    List<ContractRules> rules() {
        return source.rules();
    }

    MarketSource source() {
        return source;
    }

    Faults faults() {
        return faults;
    }

    Collection<StreamConnection> connections() {
        return connections.values();
    }

    PrivateStreams privates() {
        return privates;
    }

    AtomicLongArray sent() {
        return sent;
    }

    /** Counts a connection of another door that was ended. */
    void count(CutReason reason) {
        cuts.get(reason).incrementAndGet();
    }

    long cuts(CutReason reason) {
        return cuts.get(reason).get();
    }

    /** Returns the symbol of a stream, or null if it is of the whole market. */
    String symbolOf(int stream) {
        return directory.symbolOf(stream);
    }
}
