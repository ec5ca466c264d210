/**
 * What woven code calls. These classes are relocated into {@code java.lang} when the agent jar is packaged and defined
 * there at start-up, so that every class of every loader and module can link to them without a change of the boot class
 * path.
 *
 * <p>Rules of this package: java.base only; no lambda, no string concatenation, no logging, no file, no JFR (each of
 * these could run woven code or class initialisers in the middle of the JDK). It is not null-marked, because
 * annotations would be a dependency outside of java.base. Simple names start with {@code Stallsight}, as they end up in
 * {@code java.lang}.
 */
package io.stallsight.hook;
