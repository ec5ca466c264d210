package app.lifecycle;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs through SLF4J, and blocks a thread named {@code loop}. */
public final class LoggingApplication {

    private LoggingApplication() {}

    public static void main(String[] args) throws InterruptedException {
        Logger logger = LoggerFactory.getLogger(LoggingApplication.class);
        logger.info(
                "application started with {}",
                LoggerFactory.getILoggerFactory().getClass().getName());
        TwoSites.main(args);
    }
}
