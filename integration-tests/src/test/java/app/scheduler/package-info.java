/** Programs whose virtual threads hold up others, or do not. */
package app.scheduler;
