package io.stallsight.engine.catalog.rule;

/** What an entry of a catalog file says besides the points that it weaves. Each rule reads its own entries. */
public sealed interface Rule
        permits AbstractionRule,
                AddressRule,
                CallBackRule,
                CallSiteRule,
                CollectorRule,
                ConnectionRule,
                ExchangeRule,
                FrameRule,
                FutureRule,
                GaugeRule,
                HostRule,
                IntegrationRule,
                LibraryRule,
                LoopFrameRule,
                NameRule,
                OriginRule,
                PolicyRule,
                PoolRule,
                RecordedThreadRule,
                RequestRule,
                Shape,
                SocketRule,
                ThreadRule,
                TraceRule,
                WorkerRule {}
