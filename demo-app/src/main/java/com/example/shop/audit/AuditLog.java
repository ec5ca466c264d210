package com.example.shop.audit;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import com.example.logship.CollectorAppender;
import com.example.shop.upstream.Upstream;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Two loggers to the same collector. They are configured in code and not in {@code logback.xml}, because the port is
 * known only after the collector has started.
 */
@Component
public class AuditLog implements DisposableBean {
    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Logger direct;
    private final Logger queued;

    AuditLog(Upstream upstream) {
        this.direct = logger("audit.direct", collector(upstream));
        this.queued = logger("audit.queued", behindQueue(collector(upstream)));
    }

    /** Each line waits for the collector, on the thread that logs. */
    public org.slf4j.Logger direct() {
        return direct;
    }

    /** Lines go to a queue; the appender's own thread waits for the collector. */
    public org.slf4j.Logger queued() {
        return queued;
    }

    private CollectorAppender collector(Upstream upstream) {
        CollectorAppender appender = new CollectorAppender(upstream.uri("/logs"));
        appender.setContext(context);
        appender.start();
        return appender;
    }

    private AsyncAppender behindQueue(Appender<ILoggingEvent> target) {
        AsyncAppender appender = new AsyncAppender();
        appender.setContext(context);
        // By default a full queue blocks the caller, and so the loop. This appender drops lines instead.
        appender.setNeverBlock(true);
        appender.addAppender(target);
        appender.start();
        return appender;
    }

    private Logger logger(String name, Appender<ILoggingEvent> appender) {
        Logger logger = context.getLogger(name);
        logger.setAdditive(false);
        logger.addAppender(appender);
        return logger;
    }

    @Override
    public void destroy() {
        direct.detachAndStopAllAppenders();
        queued.detachAndStopAllAppenders();
    }
}
