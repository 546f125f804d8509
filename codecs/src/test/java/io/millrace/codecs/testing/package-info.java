/** What the tests of all modules share; packed as the test jar of this module. */
package io.millrace.codecs.testing;
