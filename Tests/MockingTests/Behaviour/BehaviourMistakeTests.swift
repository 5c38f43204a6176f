import Testing

@testable import Mocking

/// Mistakes in each section of a behaviour file: the message, its place and its help.
@Suite("Mistakes in behaviour files")
struct BehaviourMistakeTests {
    struct Mistake: Sendable, CustomTestStringConvertible {
        /// The file below `behaviour: 1`.
        var file: String
        /// The diagnostics, each as `line:column: message | help`.
        var problems: [String]
        var testDescription: String { file }

        init(_ file: String, _ problems: String...) {
            (self.file, self.problems) = (file, problems)
        }
    }

    private static func check(_ mistake: Mistake) throws {
        let found = try Fixture.problems("behaviour: 1\n" + mistake.file)
        #expect(found == mistake.problems.map { "behaviour.yaml:" + $0 })
    }

    @Test(
        "the order of checks",
        arguments: [
            Mistake(
                "order: version",
                "2:8: `order` does not contain rateLimit, credentials, idempotency, validation, existence, state"),
            Mistake(
                "order: [version, rateLimit, credentials, idempotency, validation, validation, existence, state]",
                "2:67: duplicate 'validation'"),
            Mistake(
                "order: [version, rateLimit, credentials, idempotency, existence, validation, state]",
                "2:8: `order` must end with existence and state"),
            Mistake(
                "order: [version, rateLimit, credentials, idempotency, validation, state, existence]",
                "2:8: `order` must end with existence and state"),
            Mistake(
                "order: [existence, state, version, rateLimit, credentials, idempotency, validation]",
                "2:8: `order` must end with existence and state"),
            Mistake("order: [validation, version, rateLimit, credentials, idempotency, existence, state]"),
        ])
    func order(mistake: Mistake) throws { try Self.check(mistake) }

    @Test(
        "versions, credentials, keys and limits",
        arguments: [
            Mistake("version: {values: [a]}", "2:10: `version` requires `header`"),
            Mistake("version: {header: 'a b'}", "2:19: 'a b' is not a valid header name"),
            Mistake(
                "version: {header: x-v, value: a}", "2:24: unknown member 'value' of `version` | did you mean `values`?"
            ),
            Mistake("credentials: {enforced: maybe}", "2:25: `enforced` must be true or false, found a string"),
            Mistake("credentials: {accept: all}", "2:23: `accept` cannot be 'all' | the known names are known, any"),
            Mistake("idempotency: {methods: [POST]}", "2:14: `idempotency` requires `header`"),
            Mistake(
                "idempotency: {header: k, processing: 20}",
                "2:38: `processing` must be a string, found a number | quote it"),
            Mistake(
                "idempotency: {header: k, processing: 20s}",
                "2:38: `processing` must be between 1ms and 10000ms, found '20s' | write a number and ms, such as 20ms"),
            Mistake(
                "idempotency: {header: k, processing: 10001ms}",
                "2:38: `processing` must be between 1ms and 10000ms, found '10001ms' | write a number and ms, such as 20ms"
            ),
            Mistake(
                "idempotency: {header: k, underWay: fail}",
                "2:36: `underWay` cannot be 'fail' | the known names are wait, reject"),
            Mistake(
                "idempotency: {header: k, lifetime: 0s}",
                "2:36: `lifetime` must be a duration, found '0s' | write a number and s, m, h or d, such as 60s"),
            Mistake("idempotency: {header: k, replayed: {first: a}}", "2:36: `replayed` requires `header`"),
            Mistake(
                "idempotency: {header: k, replayed: {header: r, again: \"a\\tb\"}}",
                "2:55: `again` contains a control character, which a header cannot contain"),
            Mistake("rateLimit: {limit: -1}", "2:20: `limit` must be a whole number from 0 to 1000000000, found -1"),
            Mistake("rateLimit: {limit: 1.5}", "2:20: `limit` must be a whole number from 0 to 1000000000, found 1.5"),
            Mistake(
                "rateLimit: {limit: 1, headers: {left: x}}",
                "2:33: unknown member 'left' of `headers` of `rateLimit` | the known names are limit, remaining, retry, type"
            ),
            Mistake("rateLimit: {limit: 1, headers: {remaining: 'x y'}}", "2:44: 'x y' is not a valid header name"),
        ])
    func checks(mistake: Mistake) throws { try Self.check(mistake) }

    @Test(
        "responses and their values",
        arguments: [
            Mistake(
                "errors: {unknown: {status: '404'}}",
                "2:28: `status` must be a whole number from 200 to 599, found \"404\""),
            Mistake(
                "errors: {unknown: {status: 199}}", "2:28: `status` must be a whole number from 200 to 599, found 199"),
            Mistake("errors: {unknown: {status: 404, headers: {'': a}}}", "2:43: '' is not a valid header name"),
            Mistake(
                "headers: {x: {$value: 1, $text: 2}}",
                "2:14: a computed value has exactly one of $value, $text, $add, $subtract, $first | write '$$' for a name in the response that starts with '$'"
            ),
            Mistake(
                "headers: {x: {$else: 1}}",
                "2:14: a computed value has exactly one of $value, $text, $add, $subtract, $first | write '$$' for a name in the response that starts with '$'"
            ),
            Mistake(
                "headers: {x: {$add: 1}}",
                "2:21: `$add`, `$subtract` and `$first` must be a list of values, found a number"),
            Mistake(
                "headers: {x: {$first: []}}",
                "2:23: `$add`, `$subtract` and `$first` must be a list of values, found a list"),
            Mistake(
                "headers: {x: {$value: 1, $matching: 5}}", "2:37: a pattern must be a string, found a number | quote it"
            ),
            Mistake(
                "headers: {x: {$value: 1, $if: {}}}", "2:31: a condition must be a list of conditions, found a map"),
            Mistake("headers: {x: {$value: 1, $if: [{equal: 1}]}}", "2:32: a condition requires a `value` to test"),
            Mistake(
                "headers: {x: {$value: 1, $if: [{value: 1, eqaul: 1}]}}",
                "2:32: the condition has no test | add one of equal, notEqual, less, atMost, more, atLeast, matching, oneOf, present",
                "2:43: unknown member 'eqaul' of a condition | did you mean `equal`?"),
            Mistake(
                "headers: {x: {$value: 1, $if: [{value: 1, oneOf: a}]}}",
                "2:50: `oneOf` must be a list of values, found a string"),
            Mistake(
                "headers: {x: {$value: 1, $if: [{value: 1, present: 1}]}}",
                "2:52: `present` must be true or false, found a number"),
            Mistake(
                "headers: {x: '{{item.a}}'}",
                "2:14: 'item.a' has no value here: no element of a sub-collection is created"),
            Mistake("headers: {x: '{{input.a}}'}", "2:14: 'input.a' has no value here: no event is available"),
            Mistake(
                "headers: {x: '{{owner.a}}'}",
                "2:14: 'owner.a' has no value here: the operation is not within a collection"),
            Mistake(
                "headers: {x: '{{reason}}'}",
                "2:14: 'reason' has no value here: this is not the response to a situation"),
            Mistake("errors: {invalid: {status: 400, body: '{{field}} {{received}} {{reason}} {{id}} {{state}}'}}"),
        ])
    func responses(mistake: Mistake) throws { try Self.check(mistake) }

    private static let collection =
        "collections: {parcels: {key: id, states: {field: s, initial: A, values: [A, B]}, fields: {id: '{{request.body.id}}'}}}\n"

    @Test(
        "collections",
        arguments: [
            Mistake("collections: {c: {fields: {}}}", "2:18: collection 'c' requires `key`"),
            Mistake("collections: {c: {key: id}}", "2:18: collection 'c' requires `fields`"),
            Mistake("collections: {c: {key: id, fields: {}}}", "2:24: the key 'id' is not one of the fields"),
            Mistake(
                "collections: {c: {key: id, fields: {id: 1}, states: {field: s, initial: A}}}",
                "2:53: `states` requires `values`"),
            Mistake(
                "collections: {c: {key: id, fields: {id: 1}, states: {initial: A, values: [A]}}}",
                "2:53: `states` requires `field`"),
            Mistake(
                "collections: {c: {key: id, fields: {id: 1}, states: {field: s, initial: C, values: [A, B]}}}",
                "2:73: 'C' is not a known state | did you mean `A`?"),
            Mistake(
                "collections: {c: {key: id, fields: {id: 1}, timers: {}}}", "2:53: `timers` must be a list, found a map"
            ),
            Mistake(
                "collections: {c: {key: id, fields: {id: 1}, timers: [{at: x}]}}", "2:54: a timer requires `event`"),
            Mistake(
                "collections: {c: {key: id, fields: {id: 1}, timers: [{at: x, event: e, after: 1}]}}",
                "2:69: 'e' is not a known event", "2:79: `after` must be a string, found a number | quote it"),
            Mistake(
                "collections: {c: {key: id, fields: {id: 1}, children: {d: {}}}}",
                "2:59: sub-collection 'd' requires `fields`"),
            Mistake(
                "collections: {c: {key: id, fields: {id: '{{request.body.id}}'}, timers: [{at: '{{request.body.id}}', event: e}]}}",
                "2:79: 'request' has no value here: an event has no request; its values are `input.…`",
                "2:109: 'e' is not a known event"),
        ])
    func collections(mistake: Mistake) throws { try Self.check(mistake) }

    @Test(
        "operations and events",
        arguments: [
            Mistake(collection + "operations: {getParcel: {change: parcels}}", "3:25: `change` requires `transitions`"),
            Mistake(
                collection + "operations: {getParcel: {change: parcels, transitions: []}}",
                "3:56: `transitions` must be a list of at least one transition, found a list"),
            Mistake(
                collection + "operations: {getParcel: {read: parcels.x}}", "3:32: only `list` accepts a sub-collection",
                "3:32: 'x' is not a known sub-collection of collection 'parcels'"),
            Mistake(
                collection + "operations: {getParcel: {read: parcels, then: []}}",
                "3:25: only `create` has a `then` of its own | move it to the transition that it follows"),
            Mistake(
                collection + "operations: {getParcel: {read: parcels, status: 100}}",
                "3:49: `status` must be a whole number from 200 to 599, found 100"),
            Mistake(
                collection + "operations: {getParcel: {read: parcels, by: nme}}",
                "3:45: 'nme' is not a known field of collection 'parcels' | the known names are id, s"),
            Mistake(collection + "operations: {getParcel: {within: {id: 1}}}", "3:34: `within` requires `collection`"),
            Mistake(
                collection + "operations: {getParcel: {within: {collection: parcels}}}", "3:34: `within` requires `id`"),
            Mistake(
                collection + "operations: {getParcel: {within: {collection: parcels, id: a, states: [C]}}}",
                "3:72: 'C' is not a known state of collection 'parcels' | did you mean `A`?"),
            Mistake(
                collection + "operations: {getParcel: {require: {}}}",
                "3:35: `require` must be a list of rules, found a map"),
            Mistake(collection + "operations: {getParcel: {require: [{equal: 1}]}}", "3:36: a rule requires `field`"),
            Mistake(
                collection + "operations: {getParcel: {require: [{field: a, equal: 1}]}}",
                "3:44: getParcel has no request body"),
            Mistake(
                collection + "operations: {createParcel: {require: [{field: id, equal: 1, error: unknown}]}}",
                "3:68: `error` cannot be 'unknown' | the known names are missing, invalid"),
            Mistake(collection + "events: {e: {transitions: []}}", "3:13: event 'e' requires `collection`"),
            Mistake(collection + "events: {e: {collection: parcels, id: x}}", "3:13: event 'e' requires `transitions`"),
            Mistake(
                collection + "events: {e: {collection: parcels, transitions: [{to: B}]}}",
                "3:13: event 'e' has no input `id` and does not define where the id is"),
            Mistake(
                collection + "events: {e: {collection: parcels, id: '{{request.path.id}}', transitions: [{to: B}]}}",
                "3:39: 'request' has no value here: an event has no request; its values are `input.…`"),
        ])
    func operations(mistake: Mistake) throws { try Self.check(mistake) }

    @Test(
        "the consequences of a change",
        arguments: [
            ("[{event: f}]", ["'f' is not a known event | did you mean `e`?"]),
            ("[{inputs: {}}]", ["an effect requires `event`"]),
            ("[{event: e, to: x}]", ["`to` belongs to `send`"]),
            ("[{event: e, body: {}, headers: {}}]", ["`headers` belongs to `send`", "`body` belongs to `send`"]),
            ("[{send: told}]", ["'told' is not a known callback or webhook of the contract"]),
            ("{event: e}", ["`then` must be a list of events and messages to send, found a map"]),
            ("[{event: e, inputs: {idd: 1}}]", ["'idd' is not a known input of event 'e' | did you mean `id`?"]),
            ("[{event: e, inputs: {id: '{{entity.id}}'}}]", []),
        ])
    func consequences(then: String, problems: [String]) throws {
        let file =
            "behaviour: 1\n" + Self.collection
            + "events: {e: {collection: parcels, inputs: {id: {}}, transitions: [{from: A, to: B, then: \(then)}]}}"
        let found = try Fixture.problems(file).map { problem in
            problem.split(separator: ": ", maxSplits: 1).last.map(String.init) ?? ""
        }
        #expect(found == problems)
    }
}
