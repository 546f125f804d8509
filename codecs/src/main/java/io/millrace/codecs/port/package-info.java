/**
 * The two ports through which engine, gateway and journal meet without knowing each other: {@link
 * io.millrace.codecs.port.Inlet} for what wants to get onto the ring, {@link io.millrace.codecs.port.Outlet} for what
 * takes from it. {@link io.millrace.codecs.port.CommandStamps} is for measuring alone.
 */
package io.millrace.codecs.port;
