/** The commands: what can be typed, what is printed, which exit code comes back. The work is done in the packages beside. */
package io.millrace.app.cli;
