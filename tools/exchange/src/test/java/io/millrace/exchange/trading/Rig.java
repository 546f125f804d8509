package io.millrace.exchange.trading;

import io.millrace.exchange.account.Account;
import io.millrace.exchange.market.FrameSink;
import io.millrace.exchange.market.StreamKind;
import io.millrace.exchange.synthetic.SyntheticMarket;
import io.millrace.exchange.synthetic.SyntheticSettings;
import io.millrace.exchange.userdata.DeliverySettings;
import io.millrace.exchange.userdata.PrivateEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** A venue in process with some accounts, everything it tells recorded. */
final class Rig implements FrameSink {
    static final long START_NS = 1_795_262_385_000_000_000L;
    static final long SECOND_NS = 1_000_000_000L;
    static final long E8 = 100_000_000L;

    /** What one account was told. */
    record Told(int accountId, PrivateEvent event, long pushTimeMs) {}

    final SyntheticMarket market;
    final TradingVenue venue;
    final List<Account> clients = new ArrayList<>();
    final List<Told> told = new ArrayList<>();
    /** Payloads about contracts, which are few. */
    final List<String> contractInfos = new ArrayList<>();

    final CRC32 frames = new CRC32();
    final CRC32 privates = new CRC32();
    long frameCount;
    boolean keepsEvents = true;
    /** Whether payloads are written at all, and they and private events hashed: what most of a long run's time would go into. */
    boolean isListening = true;

    Rig(SyntheticSettings settings, int accounts, long depositUsdt) {
        this(new SyntheticMarket(settings, START_NS), settings.seed(), accounts, depositUsdt);
    }

    Rig(SyntheticMarket market, long seed, int accounts, long depositUsdt) {
        this.market = market;
        venue = new TradingVenue(
                market, VenueSettings.of(seed).withDelivery(DeliverySettings.immediate(seed)), START_NS);
        venue.publishTo(this);
        venue.addPrivateSink((accountId, event, pushTimeMs) -> {
            if (keepsEvents) {
                told.add(new Told(accountId, event, pushTimeMs));
            }
            if (!isListening) {
                return;
            }
            byte[] text = (accountId + " " + event + " " + pushTimeMs).getBytes(StandardCharsets.UTF_8);
            privates.update(text, 0, text.length);
        });
        for (int i = 0; i < accounts; i++) {
            Account account = venue.accounts().open("client" + i);
            venue.accounts().deposit(account, depositUsdt * E8);
            clients.add(account);
        }
    }

    /** Lets the venue live for some milliseconds. */
    void pass(long ms) {
        venue.advanceTo(venue.clock().epochNs() + ms * 1_000_000L);
    }

    /** Returns the events of one kind that an account was told. */
    <T extends PrivateEvent> List<T> told(int accountId, Class<T> kind) {
        return told.stream()
                .filter(t -> t.accountId() == accountId)
                .map(Told::event)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    @Override
    public boolean isWanted(int symbol, StreamKind kind) {
        return isListening;
    }

    @Override
    public void onFrame(int symbol, StreamKind kind, byte[] payload, int length) {
        if (kind == StreamKind.CONTRACT_INFO) {
            contractInfos.add(new String(payload, 0, length, StandardCharsets.UTF_8));
        }
        frames.update(payload, 0, length);
        frameCount++;
    }
}
