/**
 * Features and indicators over recorded data, for people who plot and check them: the engine's own objects, fed from files, on one thread.
 */
package io.millrace.app.features;
