package io.millrace.exchange.server;

import io.millrace.exchange.faults.ActiveFault;
import io.millrace.exchange.faults.FaultHand;
import io.millrace.exchange.faults.FaultKind;
import io.millrace.exchange.market.StreamKind;
import io.millrace.exchange.venue.VenueRandom;
import java.util.Arrays;

/**
 * Does to frames what the faults ask for; those of depth requests and connections happen where these are served.
 *
 * <p><b>Thread:</b> the loop.
 */
final class FrameFaults implements FaultHand {
    private static final long GARBAGE_SEED = 0xBAD_BAD;
    private static final int GOING_AWAY = 1001;
    private static final int PRINTABLE = '~' - ' ';

    private final MarketHub hub;
    private final VenueRandom garbage = new VenueRandom(GARBAGE_SEED);

    FrameFaults(MarketHub hub) {
        this.hub = hub;
    }

    @Override
    public boolean takes(FaultKind kind) {
        return switch (kind.target()) {
            case FRAME, DEPTH_REQUEST, REQUEST, CONNECTION -> true;
            default -> false;
        };
    }

    /** Returns whether a fault took the frame over; then the caller has nothing left to do with it. */
    boolean isHit(StreamConnection connection, int stream, byte[] payload, int length) {
        StreamKind kind = StreamDirectory.kindOf(stream);
        ActiveFault hit = hub.faults().onFrame(connection.id, hub.symbolOf(stream), kind);
        if (hit == null) {
            return false;
        }
        long amount = hit.fault().amount();
        switch (hit.fault().kind()) {
            case DUPLICATE -> {
                hub.send(connection, stream, payload, length);
                hub.send(connection, stream, payload, length);
            }
            case REORDER -> {
                byte[] before = connection.takeHeld(stream);
                connection.hold(stream, Arrays.copyOf(payload, length));
                if (before != null) {
                    hub.send(connection, stream, before, before.length);
                }
            }
            case GARBAGE -> hub.send(connection, stream, garbage(length, amount == 1), length);
            case BAD_NUMBER -> hub.send(connection, stream, spoil(payload, length), length);
            case CUT -> {
                hub.send(connection, stream, payload, length);
                connection.flush(0);
                hub.cut(connection, CutReason.FAULT);
            }
            case CLOSE -> {
                hub.send(connection, stream, payload, length);
                hub.close(connection, amount == 0 ? GOING_AWAY : (int) amount, CutReason.FAULT);
            }
            case SLOW -> {
                if (!connection.isThrottled()) {
                    hub.throttle(connection, hit);
                }
                hub.send(connection, stream, payload, length);
            }
            default -> {
                // DROP, GAP and STALL: nothing is sent.
            }
        }
        return true;
    }

    private byte[] garbage(int length, boolean isPrintable) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (isPrintable ? ' ' + garbage.nextInt(PRINTABLE) : garbage.nextInt(256));
        }
        return bytes;
    }

    private static byte[] spoil(byte[] payload, int length) {
        byte[] bytes = Arrays.copyOf(payload, length);
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '.') {
                bytes[i] = 'x';
                return bytes;
            }
        }
        // No decimal in it: the first digit of the first number then.
        for (int i = 1; i < length; i++) {
            if (bytes[i - 1] == ':' && bytes[i] >= '0' && bytes[i] <= '9') {
                bytes[i] = 'x';
                return bytes;
            }
        }
        return bytes;
    }
}
