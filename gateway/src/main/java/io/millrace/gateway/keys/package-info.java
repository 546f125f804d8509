/**
 * Keys of the account: where they come from, and signatures with them. Nothing here puts a key or a secret into a text that a
 * log, a journal or a message could carry.
 *
 * <p><b>Thread:</b> a key is confined to one agent's thread. <b>Allocation:</b> signing allocates; the fast way needs it at
 * logon only.
 */
package io.millrace.gateway.keys;
