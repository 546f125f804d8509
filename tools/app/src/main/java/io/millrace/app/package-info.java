/**
 * The command line and everything it runs. This is the only module where engine, journal, gateway and simulated exchange
 * meet.
 */
package io.millrace.app;
