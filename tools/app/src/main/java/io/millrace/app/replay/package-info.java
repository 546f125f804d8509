/**
 * A recorded run once more: the journal's inputs into the same ring and agents, every output compared with the recorded one.
 * Also what goes with journals: printing them, and an operator's decision to leave an event out.
 */
package io.millrace.app.replay;
