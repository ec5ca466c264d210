package com.example.shop.mode;

import java.sql.SQLTransientConnectionException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** The answer of each mode whose request got no connection in time. */
@RestControllerAdvice
class NoConnection {
    @ExceptionHandler(SQLTransientConnectionException.class)
    @ResponseStatus(HttpStatus.SERVICE_UNAVAILABLE)
    String timedOut() {
        return "no connection in time";
    }
}
