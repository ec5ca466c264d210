/** Services on one framework each, for tagged requests; others are projects in {@code src/test/tagged}. */
package app.services;
