/// More documents of other people's kinds, for first projects.
extension FirstDocuments {
    /// References everywhere, patterns for ids, `default` for errors, collections in collections.
    static let projects = #"""
        openapi: 3.0.3
        info: {title: Versions, version: '2'}
        paths:
          /v1/projects:
            post: {operationId: createProject, parameters: [{$ref: '#/components/parameters/Tenant'}], requestBody: {$ref: '#/components/requestBodies/P'}, responses: {'202': {description: ok, content: {application/json: {schema: {allOf: [{$ref: '#/components/schemas/P'}, {type: object, required: [projectId], properties: {projectId: {type: string, pattern: '^prj-[0-9a-f]{8}$', readOnly: true}}}]}}}}, default: {$ref: '#/components/responses/E'}}}
            get: {operationId: listProjects, parameters: [{$ref: '#/components/parameters/Tenant'}, {name: cursor, in: query, schema: {type: string}}], responses: {'200': {description: ok, content: {application/json: {schema: {type: object, required: [results, total], properties: {results: {type: array, items: {$ref: '#/components/schemas/P'}}, total: {type: integer, minimum: 0}}}}}}, default: {$ref: '#/components/responses/E'}}}
          /v1/projects/{project_id}:
            parameters: [{name: project_id, in: path, required: true, schema: {type: string, pattern: '^prj-[0-9a-f]{8}$'}}, {$ref: '#/components/parameters/Tenant'}]
            get: {operationId: getProject, responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/P'}}}}, '404': {description: n}, default: {$ref: '#/components/responses/E'}}}
            put: {operationId: putProject, requestBody: {$ref: '#/components/requestBodies/P'}, responses: {'204': {description: ok}, '404': {description: n}, default: {$ref: '#/components/responses/E'}}}
            delete: {operationId: delProject, responses: {'204': {description: ok}, '404': {description: n}}}
          /v1/projects/{project_id}/members:
            parameters: [{name: project_id, in: path, required: true, schema: {type: string}}, {$ref: '#/components/parameters/Tenant'}]
            post: {operationId: addMember, requestBody: {required: true, content: {application/json: {schema: {type: object, required: [email, role], properties: {email: {type: string, format: email}, role: {type: string, enum: [owner, guest]}}}}}}, responses: {'201': {description: ok, content: {application/json: {schema: {type: object, required: [id], properties: {id: {type: integer, format: int32, minimum: 1, maximum: 5000}, email: {type: string, format: email}, role: {type: string}}}}}}, '404': {description: n}, '409': {description: dup}, '422': {description: bad}}}
          /v1/projects/{project_id}/members/{member_id}:
            parameters: [{name: project_id, in: path, required: true, schema: {type: string}}, {name: member_id, in: path, required: true, schema: {type: integer}}, {$ref: '#/components/parameters/Tenant'}]
            patch: {operationId: patchMember, requestBody: {required: true, content: {application/merge-patch+json: {schema: {type: object, minProperties: 1, additionalProperties: false, properties: {role: {type: string, enum: [owner, guest]}}}}}}, responses: {'200': {description: ok, content: {application/json: {schema: {type: object, required: [id], properties: {id: {type: integer}, role: {type: string}}}}}}, '404': {description: n}, '422': {description: bad}}}
            delete: {operationId: delMember, responses: {'204': {description: ok}, '404': {description: n}}}
          /v1/projects/{project_id}/archive:
            parameters: [{name: project_id, in: path, required: true, schema: {type: string}}, {$ref: '#/components/parameters/Tenant'}]
            post: {operationId: archive, responses: {'202': {description: ok}, '404': {description: n}, '409': {description: state}}}
        components:
          parameters: {Tenant: {name: X-Tenant, in: header, required: true, schema: {type: string, pattern: '^[a-z]{3,}$'}, example: acme}}
          requestBodies: {P: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/P'}, examples: {bad: {value: {}}, good: {value: {name: Apollo, labels: {team: moon}}}}}}}}
          responses: {E: {description: e, content: {application/json: {schema: {type: object, required: [code], properties: {code: {type: string}, message: {type: string}}}}}}}
          schemas: {P: {type: object, required: [name], properties: {name: {type: string, minLength: 2, maxLength: 30}, labels: {type: object, maxProperties: 2, additionalProperties: {type: string, maxLength: 10}}, projectId: {type: string, readOnly: true}, secret: {type: string, writeOnly: true}}}}
        """#

    /// Names that tables, templates, paths and spreadsheets have a meaning for.
    static let odd = #"""
        openapi: 3.0.0
        info: {title: "Odd\nnames", version: "v1: 'quoted' # no comment"}
        servers: [{url: 'http://localhost:3000/'}, {url: 'https://dev.example.com'}, {url: 'https://dev.example.com/2'}]
        paths:
          /a:
            get: {operationId: wait, tags: ['=cmd|calc'], responses: {'200': {description: ok}}}
            post: {operationId: "use x", tags: ['=cmd|calc'], responses: {'200': {description: ok}}}
            put: {operationId: "GET /b", tags: ['../../etc/passwd'], responses: {'200': {description: ok}}}
          /b:
            get: {operationId: "b", tags: ['日本語'], responses: {'200': {description: ok}}}
            post:
              operationId: "+plus"
              tags: ['日本語', second]
              requestBody: {required: true, content: {application/json: {schema: {type: object, required: ['=f', '+g', 'a;b', "o'c", 'x{{y}}', status, 'header.z'], properties: {'=f': {type: string, enum: ['=1+1', '@x', '-3']}, '+g': {type: integer}, 'a;b': {type: string, default: 'x;y'}, "o'c": {type: string, example: "it's; {{env.HOME}}"}, 'x{{y}}': {type: string}, status: {type: string, example: "multi\nline"}, 'header.z': {type: boolean}}}}}}
              responses: {'200': {description: ok}, '400': {description: no}}
          /c/{id}/d/{id2}:
            get:
              parameters: [{name: id, in: path, required: true, schema: {type: string, example: 'a b/c?d#e%f'}}, {name: id2, in: path, required: true, schema: {type: string, enum: ['', x]}}, {name: id, in: query, required: true, schema: {type: integer}}, {name: Accept, in: header, required: true, schema: {type: string}}, {name: Authorization, in: header, schema: {type: string}}, {name: "x-a", in: header, required: true, schema: {type: array, items: {type: integer}}}, {name: o, in: query, required: true, schema: {type: object, properties: {a: {type: integer}}}}, {name: c, in: cookie, required: true, schema: {type: string}}]
              responses: {'2XX': {description: ok}, '5XX': {description: broken}}
          /d: {delete: {operationId: dup, responses: {'204': {description: ok}}}}
        """#
}
