import Conformance
import Diagnostics
import Foundation
import Harness
import Sockets
import TestKit
import Testing

/// A project whose API sends webhooks: parcels that are sent and delivered.
struct ParcelProject {
    static let secret = "canary-webhook-secret"

    let folder: TemporaryFolder

    /// - Parameter table: The rows below the header.
    init(_ table: String = ParcelProject.story, settings: String = ParcelProject.webhooks) throws {
        folder = try TemporaryFolder([
            "api.yaml": Self.api, "behaviour.yaml": Self.behaviour,
            "assay.yaml": Self.project.replacing("WEBHOOKS\n", with: settings),
            "scenarios/parcels.csv": Self.header + table,
        ])
    }

    static let header = "scenario,step,call,set,expect,check,save,opts\n"

    /// Two deliveries in a row, with checks and a saved value.
    static let story = """
        told,create,createParcel,id={{uuid:parcel}}; notify={{receiver.url}},201,state=NEW,,
        ,send,sendParcel,id={{create.id}},200,state=SENT,,
        ,deliver,deliverParcel,id={{create.id}},200,state=DELIVERED,,
        ,first,await parcelChanged,,,data.id={{create.id}}; data.state=SENT; header.content-type~starts:application/json,parcel=data.id,poll=5s
        ,second,await parcelChanged,,,data.id={{first.parcel}}; data.state=DELIVERED,,poll=5s
        ,fetch,getParcel,id={{second.data.id}},200,state=DELIVERED,,

        """

    static let webhooks = """
        webhooks:
          hooks:
            scheme: standard-webhooks
            secret: '{{secret.HOOK_SECRET}}'
            secret-encoding: text
            event: body.type
            events: {parcel.changed: parcelChanged, parcel.lost: parcelLost}

        """

    static let project = """
        versions:
          main: {spec: api.yaml, behaviour: behaviour.yaml}
        scenarios: scenarios/*.csv
        WEBHOOKS
        promises:
          resources:
            parcel:
              id: id
              create: createParcel
              fetch: getParcel
              final: {state: [DELIVERED]}

        """

    static let api = """
        openapi: 3.1.0
        info: {title: Parcels, version: '1'}
        paths:
          /parcels:
            post:
              operationId: createParcel
              requestBody:
                required: true
                content:
                  application/json:
                    schema:
                      type: object
                      required: [id]
                      properties: {id: {type: string}, notify: {type: string, format: uri}}
              responses:
                '201': {description: made, content: {application/json: {schema: {$ref: '#/components/schemas/Parcel'}}}}
          /parcels/{id}:
            parameters: [{name: id, in: path, required: true, schema: {type: string}}]
            get:
              operationId: getParcel
              responses:
                '200': {description: found, content: {application/json: {schema: {$ref: '#/components/schemas/Parcel'}}}}
                '404': {description: unknown}
          /parcels/{id}/send:
            parameters: [{name: id, in: path, required: true, schema: {type: string}}]
            post:
              operationId: sendParcel
              responses:
                '200': {description: sent, content: {application/json: {schema: {$ref: '#/components/schemas/Parcel'}}}}
          /parcels/{id}/deliver:
            parameters: [{name: id, in: path, required: true, schema: {type: string}}]
            post:
              operationId: deliverParcel
              responses:
                '200': {description: done, content: {application/json: {schema: {$ref: '#/components/schemas/Parcel'}}}}
        webhooks:
          parcelChanged:
            post:
              requestBody:
                required: true
                content:
                  application/json:
                    schema:
                      type: object
                      required: [type, data]
                      properties:
                        type: {const: parcel.changed}
                        data:
                          type: object
                          required: [id, state]
                          properties: {id: {type: string}, state: {enum: [SENT, DELIVERED]}}
              responses: {'200': {description: taken}}
          parcelLost:
            post:
              requestBody:
                content: {application/json: {schema: {type: object, properties: {type: {const: parcel.lost}}}}}
              responses: {'200': {description: taken}}
        components:
          schemas:
            Parcel:
              type: object
              required: [id, state]
              properties: {id: {type: string}, state: {type: string}, notify: {type: string}}

        """

    static let behaviour = """
        behaviour: 1
        collections:
          parcels:
            key: id
            states: {field: state, initial: NEW, values: [NEW, SENT, DELIVERED]}
            fields: {id: '{{request.body.id}}', state: NEW, notify: '{{request.body.notify}}'}
        operations:
          createParcel: {create: parcels, status: 201}
          getParcel: {read: parcels}
          sendParcel:
            change: parcels
            transitions:
              - from: NEW
                to: SENT
                then: &tell
                  - send: parcelChanged
                    to: '{{entity.notify}}'
                    body: {type: parcel.changed, data: {id: '{{entity.id}}', state: '{{entity.state}}'}}
          deliverParcel:
            change: parcels
            transitions: [{from: SENT, to: DELIVERED, then: *tell}]

        """

    /// Plans and runs.
    func run(_ change: (inout RunRequest) -> Void = { _ in }) async throws -> RunResult {
        var request = RunRequest()
        request.keepsMessages = true
        change(&request)
        return try await RunSession(try Workspace.openWithProblems(folder.path), request).execute { _ in }
    }

    /// Serves the mock of the project with faults, and runs against its address as against any server.
    func runOnSockets(
        breaking faults: [String] = [], _ change: (inout RunRequest) -> Void = { _ in }
    ) async throws -> RunResult {
        let environment = ["HOOK_SECRET": Self.secret]
        let session = try MockSession(
            try Workspace.open(folder.path), ContractChoice(), environment: environment)
        var options = MockOptions()
        options.breaking = faults
        let (ready, start) = AsyncStream.makeStream(of: String.self)
        let (stopped, stop) = AsyncStream.makeStream(of: Void.self)
        let serving = Task {
            // A mock that cannot be served has no address, and the test must not wait for one.
            defer { start.finish() }
            try await session.serve(options) {
                start.yield($0)
            } until: {
                for await _ in stopped {}
            }
        }
        defer { stop.finish() }
        var address: String?
        for await url in ready {
            address = url
            break
        }
        if address == nil { _ = try await serving.value }
        let base = try #require(address)
        let result = try await run { request in
            request.target.baseURL = base
            request.environment = environment
            change(&request)
        }
        stop.finish()
        _ = try? await serving.value
        return result
    }
}

extension RunResult {
    /// The rules of the errors and warnings, in the order of the steps.
    var rules: [String] { verdict.allFindings.filter { $0.severity > .note }.map(\.rule) }

    /// The findings of one step.
    func findings(of step: String) -> [Finding] {
        verdict.scenarios.flatMap(\.steps).first { $0.name == step }?.findings ?? []
    }
}
