package io.millrace.exchange.api;

import io.millrace.exchange.conditional.AlgoService;
import io.millrace.exchange.conditional.ClientIds;
import io.millrace.exchange.userdata.UserData;
import io.millrace.exchange.venue.VenueRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** All rows of the endpoint table that have to do with accounts, orders and private streams. */
public final class TradingEndpoints {
    private TradingEndpoints() {}

    /**
     * The venue as the endpoints see it.
     *
     * @param trading orders.
     * @param accounts money and positions.
     * @param algo conditional orders.
     * @param userData private streams.
     * @param clockNs the venue's time, epoch nanoseconds.
     * @param seed of the ids that the venue makes up for orders.
     */
    public record Ports(
            TradingPort trading,
            AccountPort accounts,
            AlgoService algo,
            UserData userData,
            LongSupplier clockNs,
            long seed) {}

    /**
     * Returns the rows.
     *
     * @param ports the venue.
     * @param settings how it answers.
     * @param limits that answers tell of.
     */
    public static List<Endpoint> rows(Ports ports, ApiSettings settings, RateLimits limits) {
        TradingPort venue = ports.trading();
        OrderParser parser = new OrderParser(venue, new ClientIds(new VenueRandom(ports.seed())));
        OrderJson json = new OrderJson(venue, settings.hasOldFields());
        List<Endpoint> rows = new ArrayList<>();
        rows.addAll(new OrderEndpoints(venue, parser, json).rows());
        rows.addAll(new OrderQueries(venue, parser, json).rows());
        rows.addAll(new AlgoEndpoints(venue, ports.algo(), ports.clockNs(), parser).rows());
        rows.addAll(new AccountEndpoints(venue, ports.accounts(), parser, json).rows());
        rows.addAll(new AccountSettings(venue, ports.accounts(), parser, limits).rows());
        rows.addAll(new ListenKeyEndpoints(ports.userData(), ports.clockNs()).rows());
        return rows;
    }
}
