package io.millrace.exchange.server;

import io.millrace.exchange.api.ApiDispatcher;
import io.millrace.exchange.api.ApiKeys;
import io.millrace.exchange.api.EndpointTable;
import io.millrace.exchange.api.RateLimits;
import io.millrace.exchange.api.RequestFaults;
import io.millrace.exchange.api.TradingEndpoints;
import io.millrace.exchange.market.MarketSource;
import io.millrace.exchange.marketdata.PublicMarket;
import io.millrace.exchange.trading.LineSettings;
import io.millrace.exchange.trading.TradingVenue;
import io.millrace.exchange.trading.VenueAccounts;
import io.millrace.exchange.trading.VenueFaults;
import io.millrace.exchange.trading.VenueOrders;
import io.millrace.exchange.userdata.DeliverySettings;
import io.millrace.exchange.userdata.UserData;
import io.millrace.exchange.venue.VenueClock;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import java.net.InetSocketAddress;
import java.util.function.LongSupplier;

/**
 * Everything of the exchange's servers but the sockets: the market's hub, the table of endpoints, and what stands in the pipeline of
 * a connection to each port. {@link ExchangeServer} puts sockets in front of it, a test channels in memory.
 *
 * <p><b>Thread:</b> the loop.
 */
final class ExchangeDoors {
    private static final int MAX_REQUEST_BYTES = 256 * 1024;
    private static final long USER_DATA_SEED = 1;

    /** What a client connects to. */
    enum Port {
        /** Requests over HTTP. */
        REST,
        /** The streams of all routes. */
        STREAMS,
        /** Requests over a WebSocket. */
        WEBSOCKET_API
    }

    private final ServerSettings settings;
    private final VenueClock clock;
    private final EventLoop loop;
    private final TlsMaterial tls;
    private final UserData userData;
    private final MarketHub hub;
    private final ControlMessages control;
    private final RestHandler rest;
    private final WebSocketApiDoor wsApi;
    private final MaintenanceGate maintenance;
    private final SocketFaults socketFaults;
    private VenueFaults venueFaults;

    /**
     * Makes the doors; nothing happens before {@link #start}.
     *
     * @param settings of the servers.
     * @param source the market.
     * @param clock decides how fast it goes.
     * @param exchangeInfo body to answer with, or null to write one from the market's contracts.
     * @param loop that everything runs on.
     * @param tls certificate and key, or null without TLS.
     */
    ExchangeDoors(
            ServerSettings settings,
            MarketSource source,
            VenueClock clock,
            byte[] exchangeInfo,
            EventLoop loop,
            TlsMaterial tls) {
        this.settings = settings;
        this.clock = clock;
        this.loop = loop;
        this.tls = tls;
        TradingVenue venue = source instanceof TradingVenue trading ? trading : null;
        userData = venue == null ? new UserData(DeliverySettings.of(USER_DATA_SEED)) : venue.userData();
        hub = new MarketHub(loop, source, clock, settings.limits(), userData);
        MarketEndpoints market = new MarketEndpoints(hub, settings.limits(), exchangeInfo);
        EndpointTable table =
                new EndpointTable().addAll(market.rows()).addAll(new PublicMarket(source, source::rules).rows());
        RateLimits rateLimits = new RateLimits(settings.rateLimits());
        ApiKeys keys = venue == null ? key -> null : serveTrading(table, venue, clock, rateLimits);
        ApiDispatcher dispatcher =
                new ApiDispatcher(table, keys, rateLimits, settings.api().isStrict(), requestFaults(venue));
        rest = new RestHandler(hub, dispatcher, market);
        control = new ControlMessages(hub);
        wsApi = new WebSocketApiDoor(hub, settings.limits(), dispatcher);
        maintenance = new MaintenanceGate(hub);
        socketFaults = new SocketFaults(hub, wsApi, alias -> venueFaults == null ? null : venueFaults.listenKey(alias));
        hub.faults().connect(socketFaults);
    }

    private RequestFaults requestFaults(TradingVenue venue) {
        venueFaults = venue == null ? null : VenueFaults.connect(hub.faults(), venue);
        RequestFaults requests =
                new RequestFaults(hub.faults(), venueFaults == null ? RequestFaults.Clients.NONE : venueFaults);
        hub.faults().connect(requests);
        return requests;
    }

    /** Adds the rows of the endpoint table that have to do with accounts, and returns the accounts' keys. */
    private ApiKeys serveTrading(EndpointTable table, TradingVenue venue, VenueClock clock, RateLimits rateLimits) {
        VenueAccounts accounts = new VenueAccounts(venue, clock);
        LongSupplier venueNs = () -> {
            venue.at(clock.epochNs());
            return venue.clock().epochNs();
        };
        TradingEndpoints.Ports ports = new TradingEndpoints.Ports(
                new VenueOrders(venue, clock), accounts, venue.algo(), venue.userData(), venueNs, USER_DATA_SEED);
        table.addAll(TradingEndpoints.rows(ports, settings.api(), rateLimits));
        venue.publishTo(hub);
        return accounts;
    }

    /** Lets the market and the housekeeping begin. */
    void start() {
        hub.start();
        wsApi.start(loop);
    }

    /** Returns the market's hub. */
    MarketHub hub() {
        return hub;
    }

    /** Returns the service of private events. */
    UserData userData() {
        return userData;
    }

    /**
     * Makes a new connection ready, or resets it if it may not come in.
     *
     * @param channel of the connection.
     * @param port that it came to.
     */
    void open(Channel channel, Port port) {
        if (hub.faults().isRefused(port == Port.REST)
                || (port != Port.REST && !hub.admitConnection(address(channel)))) {
            Sockets.reset(channel);
            return;
        }
        if (!settings.line().equals(LineSettings.NONE)) {
            LineSettings line = settings.line();
            channel.pipeline()
                    .addLast(new WireLatency(
                            line.requests().get(),
                            port == Port.STREAMS
                                    ? line.streams().get()
                                    : line.answers().get(),
                            clock,
                            loop));
        }
        if (tls != null) {
            channel.pipeline().addLast(tls.context().newHandler(channel.alloc()));
        }
        channel.pipeline()
                .addLast(new RequestDeadline(hub, settings.limits().doors().requestMs()))
                .addLast(new HttpServerCodec())
                .addLast(new HttpObjectAggregator(MAX_REQUEST_BYTES))
                .addLast(maintenance)
                .addLast(handler(port));
        if (port == Port.REST) {
            socketFaults.onRest(channel);
        }
    }

    private ChannelHandler handler(Port port) {
        return switch (port) {
            case REST -> rest;
            case STREAMS -> new StreamHandler(hub, control);
            case WEBSOCKET_API -> new WebSocketApiHandler(wsApi);
        };
    }

    private static String address(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress remote
                ? remote.getAddress().getHostAddress()
                : "gone";
    }
}
