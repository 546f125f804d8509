/**
 * The ring and everything that moves along it: slots, inlets, outlets, stages and their regions, agents and topologies,
 * the fault policy, checkpoints and telemetry.
 */
package io.millrace.engine.pipeline;
