/** Trading as an owner sees it: a run with orders, and what its journal says of orders and positions. */
package io.millrace.app.trading;
