package io.millrace.app.trading;

import io.millrace.app.config.Config;
import io.millrace.app.config.TradingConfig;
import io.millrace.app.config.VenueConfig;
import io.millrace.exchange.ExchangeSettings;
import io.millrace.exchange.SimulatedExchange;
import io.millrace.exchange.trading.ClientSettings;
import io.millrace.gateway.account.OrderAgent;
import io.millrace.gateway.keys.ApiKey;
import io.millrace.gateway.keys.NewKey;
import java.io.IOException;
import java.util.List;

/** A simulated exchange inside this process with one account on it, whose key nobody else ever sees. */
public final class PaperVenue implements AutoCloseable {
    private static final String ACCOUNT = "paper";
    private static final long DEPOSIT_USDT = 10_000;

    private final SimulatedExchange exchange;
    private final OrderAgent.Keys keys;

    private PaperVenue(SimulatedExchange exchange, OrderAgent.Keys keys) {
        this.exchange = exchange;
        this.keys = keys;
    }

    /**
     * Opens it.
     *
     * @param settings of the exchange; an account is added.
     * @throws IOException if it cannot listen.
     */
    public static PaperVenue open(ExchangeSettings settings) throws IOException {
        NewKey pair = NewKey.ed25519();
        ApiKey key = ApiKey.of(ACCOUNT, pair.privatePem());
        ClientSettings client = ClientSettings.of(ACCOUNT, DEPOSIT_USDT).withKey(ACCOUNT, pair.publicPem());
        return new PaperVenue(SimulatedExchange.start(settings.withClient(client)), new OrderAgent.Keys(key, key));
    }

    /** Returns the exchange. */
    public SimulatedExchange exchange() {
        return exchange;
    }

    /** Returns the account's key. */
    public OrderAgent.Keys keys() {
        return keys;
    }

    /**
     * Returns a configuration with this exchange as its venue.
     *
     * @param config everything else.
     * @param streams of each symbol.
     */
    public Config on(Config config, List<String> streams) {
        VenueConfig simulated =
                config.venue().at(exchange.restUri(), exchange.publicUri(), exchange.marketUri(), streams);
        TradingConfig trading = config.trading();
        TradingConfig simulatedTrading = new TradingConfig(
                trading.mode(),
                trading.liveStatement(),
                exchange.privateUri(),
                exchange.wsApiUri(),
                trading.keyFile(),
                trading.readKeyFile(),
                trading.maxOrderNotional(),
                trading.maxTotalNotional(),
                trading.maxOpenEntries(),
                trading.leverage(),
                trading.marginType(),
                trading.receiveWindowMs(),
                trading.auditSeconds(),
                trading.countdownSeconds(),
                trading.retainSeconds(),
                trading.unexpectedOrders(),
                trading.foreignOrders(),
                trading.positions(),
                trading.onStop(),
                trading.ledgerFile(),
                trading.lockDirectory(),
                trading.probe());
        return new Config(
                config.engine(), config.journal(), simulated, config.exchange(), simulatedTrading, config.telemetry());
    }

    @Override
    public void close() {
        exchange.close();
    }
}
