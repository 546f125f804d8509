package io.millrace.app.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.app.config.ConfigException;
import io.millrace.exchange.ExchangeSettings;
import io.millrace.exchange.account.ApiKey;
import io.millrace.exchange.api.ApiSettings;
import io.millrace.exchange.capture.CaptureSettings;
import io.millrace.exchange.conditional.AlgoSettings;
import io.millrace.exchange.faults.Fault;
import io.millrace.exchange.faults.FaultScript;
import io.millrace.exchange.faults.FaultText;
import io.millrace.exchange.klines.KlineSettings;
import io.millrace.exchange.matching.QueueModel;
import io.millrace.exchange.matching.QueueModels;
import io.millrace.exchange.server.ServerSettings;
import io.millrace.exchange.synthetic.SyntheticSettings;
import io.millrace.exchange.trading.ClientSettings;
import io.millrace.exchange.trading.VenueSettings;
import io.millrace.exchange.userdata.DeliverySettings;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Makes the exchange's settings of a scenario's keys.
 *
 * <p><b>Thread:</b> confined to one thread.
 */
final class ScenarioSettings {
    private static final int E8_DECIMALS = 8;
    private static final long E8 = 100_000_000L;
    private static final long NS_PER_US = 1000;
    private static final long MS_PER_MINUTE = 60_000;

    private final ScenarioKeys keys;
    private final String source;
    private final Path directory;

    ScenarioSettings(ScenarioKeys keys, String source, Path directory) {
        this.keys = keys;
        this.source = source;
        this.directory = directory;
    }

    ExchangeSettings settings() {
        ExchangeSettings settings = at("market." + keys.market().kind(), this::market)
                .withServer(at("server", this::server))
                .withVenue(at("trading", this::venue))
                .withFaults(faults());
        for (ClientSettings client : clients()) {
            settings = settings.withClient(client);
        }
        return settings;
    }

    /** Says where in the file something is wrong that only its user finds out. */
    private <T> T at(String path, Supplier<T> work) {
        try {
            return work.get();
        } catch (IllegalArgumentException e) {
            throw new ConfigException(source + ": " + path + ": " + e.getMessage(), e);
        }
    }

    // --- market

    private ExchangeSettings market() {
        MarketKeys market = keys.market();
        return switch (market.kind()) {
            case "capture" -> ExchangeSettings.capture(capture(market.capture()));
            case "klines" -> ExchangeSettings.klines(klines(market.klines()));
            default -> ExchangeSettings.synthetic(synthetic(market.synthetic()));
        };
    }

    private SyntheticSettings synthetic(MarketKeys.Synthetic given) {
        return new SyntheticSettings(
                given.symbols(),
                keys.seed(),
                given.eventsPerSecond(),
                given.depthTicks(),
                given.jumpsPerHour(),
                given.currentFields());
    }

    private CaptureSettings capture(MarketKeys.Capture given) {
        if (given.file().isEmpty()) {
            throw new IllegalArgumentException("file is missing, name a recording");
        }
        return new CaptureSettings(
                path(given.file()),
                given.exchangeInfo().isEmpty() ? null : path(given.exchangeInfo()),
                given.speed(),
                given.startAfterStreams(),
                given.impact());
    }

    private KlineSettings klines(MarketKeys.Klines given) {
        return new KlineSettings(
                given.files().stream().map(this::path).toList(),
                keys.seed(),
                given.startBar(),
                given.stepsPerBar(),
                given.spreadBps(),
                given.levels(),
                given.levelQuote(),
                given.speed());
    }

    private Path path(String file) {
        return directory == null ? Path.of(file) : directory.resolve(file);
    }

    // --- accounts

    private List<ClientSettings> clients() {
        List<ClientSettings> clients = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<String> apiKeys = new HashSet<>();
        for (int i = 0; i < keys.accounts().size(); i++) {
            AccountKeys given = keys.accounts().get(i);
            String path = "accounts[" + i + "]";
            if (!names.add(given.name())) {
                throw new ConfigException(source + ": " + path + ".name=" + given.name()
                        + " is the name of an account before it, give each one of its own");
            }
            List<ClientSettings.Key> itsKeys = new ArrayList<>();
            for (int k = 0; k < given.keys().size(); k++) {
                AccountKeys.ApiKeyKeys key = given.keys().get(k);
                String keyPath = path + ".keys[" + k + "]";
                if (!apiKeys.add(key.key())) {
                    throw new ConfigException(source + ": " + keyPath + ".key=" + key.key()
                            + " is given twice, a key belongs to one account");
                }
                itsKeys.add(at(keyPath, () -> key(key)));
            }
            List<ClientSettings.Leverage> leverages = given.leverages().stream()
                    .map(wish -> new ClientSettings.Leverage(
                            wish.symbol(), wish.leverage(), wish.marginType().equals("ISOLATED")))
                    .toList();
            clients.add(at(
                    path,
                    () -> new ClientSettings(
                            given.name(), e8("walletUsdt", given.walletUsdt()), given.feeTier(), itsKeys, leverages)));
        }
        return clients;
    }

    private static ClientSettings.Key key(AccountKeys.ApiKeyKeys given) {
        boolean canTrade = given.permission().equals("trade");
        if (given.type().equals("HMAC")) {
            if (given.secret().isEmpty() || !given.publicKey().isEmpty()) {
                throw new IllegalArgumentException("an HMAC key has a secret and no publicKey, give the one and "
                        + "leave the other out, or choose another type");
            }
            return new ClientSettings.Key(given.key(), given.secret(), canTrade);
        }
        if (given.publicKey().isEmpty() || !given.secret().isEmpty()) {
            throw new IllegalArgumentException(
                    "an " + given.type() + " key has a publicKey and no secret, give the one "
                            + "and leave the other out, or choose type HMAC");
        }
        String algorithm = ApiKey.parsePublicKey(given.publicKey()).getAlgorithm();
        boolean isRsa = algorithm.equals("RSA");
        if (isRsa != given.type().equals("RSA")) {
            throw new IllegalArgumentException(
                    "publicKey is an " + algorithm + " key and type is " + given.type() + ", make them agree");
        }
        return new ClientSettings.Key(given.key(), given.publicKey(), canTrade);
    }

    static long e8(String name, double value) {
        try {
            return BigDecimal.valueOf(value).movePointRight(E8_DECIMALS).longValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    name + "=" + plain(value) + " is no multiple of 0.00000001, round it", e);
        }
    }

    /** Returns a number without exponent and without zeros at its end. */
    static String plain(double value) {
        BigDecimal number = BigDecimal.valueOf(value).stripTrailingZeros();
        return number.toPlainString();
    }

    // --- trading

    private VenueSettings venue() {
        TradingKeys given = keys.trading();
        TradingKeys.Delivery delivery = given.delivery();
        return VenueSettings.of(keys.seed())
                .withQueue(queue(given.queue()))
                .withAlgo(AlgoSettings.of(keys.seed()).withTriggerLatencyNs(given.triggerLatencyUs() * NS_PER_US))
                .withDelivery(new DeliverySettings(
                        delivery.tradeLiteUs() * NS_PER_US,
                        delivery.orderUs() * NS_PER_US,
                        delivery.accountUs() * NS_PER_US,
                        delivery.accountSpreadUs() * NS_PER_US + 1,
                        delivery.otherUs() * NS_PER_US,
                        delivery.listenKeyMinutes() * MS_PER_MINUTE,
                        keys.seed()))
                .withInsuranceFundE8(Math.multiplyExact(given.insuranceFundUsdt(), E8));
    }

    private Supplier<QueueModel> queue(TradingKeys.Queue given) {
        if (given.model().equals("conservative")) {
            return QueueModels::conservative;
        }
        if (given.model().equals("anywhere")) {
            return () -> QueueModels.anywhere(keys.seed());
        }
        QueueModels.Weight weight =
                given.weight().equals("log") ? QueueModels.Weight.log() : QueueModels.Weight.power(given.exponent());
        QueueModels.BehindProbability behind = switch (given.probability()) {
            case "shareOfTotal" -> QueueModels.BehindProbability.shareOfTotal(weight);
            case "relativePosition" -> QueueModels.BehindProbability.relativePosition(weight);
            default -> QueueModels.BehindProbability.share(weight);
        };
        return () -> QueueModels.probabilistic(behind);
    }

    // --- servers

    private ServerSettings server() {
        ServerKeys given = keys.server();
        ServerSettings server = ServerSettings.loopback()
                .withPorts(given.port(), given.streamPort())
                .withWsApiPort(given.wsApiPort())
                .withApi(ApiSettings.VENUE
                        .withOldFields(given.oldFields())
                        .withStrict(given.strict())
                        .withOrders(given.ordersPer10s(), given.ordersPerMinute()))
                .withLimits(ServerSettings.Limits.VENUE
                        .withWeightPerMinute(given.weightPerMinute())
                        .withMessagesPerSecond(given.messagesPerSecond())
                        .withTimes(given.pingIntervalMs(), given.pongTimeoutMs(), given.lifetimeMs()))
                .withLine(new ScenarioLine(keys, source, this::path).settings());
        if (given.tls()) {
            server = server.withTls(given.tlsDirectory().isEmpty() ? null : path(given.tlsDirectory()));
        }
        return server;
    }

    // --- faults

    private FaultScript faults() {
        JsonNode node = keys.faults();
        if (node.isArray()) {
            return FaultScript.of(keys.seed(), list("faults", node));
        }
        // One by one first, so that what is wrong is named by its place.
        list("faults.faults", node.path("faults"));
        FaultScript script = at("faults", () -> FaultScript.parse(node));
        long seed = node.hasNonNull("seed") ? script.seed() : keys.seed();
        return new FaultScript(
                seed, script.faults(), script.perHour(), script.everythingPerHour(), script.randomForMs());
    }

    private Fault[] list(String path, JsonNode entries) {
        List<Fault> faults = new ArrayList<>();
        for (JsonNode entry : entries) {
            faults.add(at(path + "[" + faults.size() + "]", () -> FaultText.fault(entry)));
        }
        return faults.toArray(Fault[]::new);
    }
}
