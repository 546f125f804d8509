package io.millrace.engine.pipeline;

/** What an agent does in the flow of events, in that order. */
public enum AgentRole {
    /** Reads sockets or a file, decodes, offers to the ring; executes commands on the way back. */
    FEED,
    /** The book stage. */
    BOOK,
    /** Features and strategies. */
    STRATEGY,
    /** Risk and orders. */
    RISK,
    /** The input journal. */
    JOURNAL,
    /** The output journal, and commands to the gateway. */
    EGRESS
}
