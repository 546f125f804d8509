package io.millrace.gateway.orders;

import org.agrona.BitUtil;

/**
 * Tickets of requests under way, found by request id without a search: a request id is the place of its ticket plus a multiple
 * of the ring's size, so an answer to a request that is over meets another id or none.
 */
final class Tickets {
    /** All commands that go the fast way are shorter. */
    private static final int LONGEST_COMMAND = 256;

    private final Ticket[] ring;
    private long nextId;
    private long oldestId;
    private int inUse;

    Tickets(int capacity) {
        ring = new Ticket[BitUtil.findNextPositivePowerOfTwo(capacity)];
        for (int i = 0; i < ring.length; i++) {
            ring[i] = new Ticket(LONGEST_COMMAND);
        }
    }

    /** Numbers a request that has no ticket. */
    long nextRequestId() {
        return nextId++;
    }

    /** Returns a free ticket with a new request id, or null if all are under way; it is not in use before {@link #use}. */
    Ticket next() {
        for (int i = 0; i < ring.length; i++) {
            Ticket ticket = ring[(int) nextId & (ring.length - 1)];
            if (ticket.requestId == Ticket.FREE) {
                return ticket;
            }
            nextId++;
        }
        return null;
    }

    /** Returns the id that the ticket of {@link #next()} will have. */
    long id() {
        return nextId;
    }

    /** The request of the ticket of {@link #next()} is on its way. */
    void use(Ticket ticket) {
        ticket.requestId = nextId++;
        inUse++;
    }

    /** Returns the ticket of a request under way, or null. */
    Ticket find(long requestId) {
        Ticket ticket = requestId < 0 ? null : ring[(int) requestId & (ring.length - 1)];
        return ticket != null && ticket.requestId == requestId ? ticket : null;
    }

    void free(Ticket ticket) {
        ticket.requestId = Ticket.FREE;
        ticket.session = null;
        inUse--;
    }

    int inUse() {
        return inUse;
    }

    int capacity() {
        return ring.length;
    }

    /** Returns the ticket at a place, for walks over all; it may be free. */
    Ticket at(int place) {
        return ring[place];
    }

    /** Returns the request sent first of those under way, or null; all wait for the same time, so it is over first. */
    Ticket oldest() {
        if (inUse == 0) {
            oldestId = nextId;
            return null;
        }
        oldestId = Math.max(oldestId, nextId - ring.length);
        while (oldestId < nextId) {
            Ticket ticket = find(oldestId);
            if (ticket != null) {
                return ticket;
            }
            oldestId++;
        }
        return null;
    }
}
