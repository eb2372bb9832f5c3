"""The dimensions: what a figure can be split by or filtered on."""

from __future__ import annotations

from storage.catalogue.declarations import Dimension, words
from storage.tables import Person, Source, Spell, Stream, Team, WorkDaily, Workflow

ALL = (
    Dimension(
        name="team",
        label="team",
        plural="teams",
        usage=Team.name,
        work=Team.name,
        people=True,
        words=words("group, groups, department, departments, squad, squads, org unit"),
    ),
    Dimension(
        name="person",
        label="person",
        plural="people",
        usage=Person.id,
        people=True,
        words=words(
            "people, user, users, individual, individuals, employee, employees, colleague, engineer, member, members"
        ),
    ),
    Dimension(
        name="title",
        label="title",
        plural="titles",
        usage=Spell.title,
        people=True,
        words=words("job title, job titles, role, roles, position, job"),
    ),
    Dimension(
        name="location",
        label="location",
        plural="locations",
        usage=Spell.location,
        people=True,
        words=words("site, sites, office, offices, city, cities, place, places, country, region"),
    ),
    Dimension(
        name="kind",
        label="kind",
        plural="kinds",
        usage=Spell.kind,
        people=True,
        words=words("employment type, kind of person, employee type, contract type, type of worker, employment kind"),
    ),
    Dimension(
        name="tool",
        label="tool",
        plural="tools",
        usage=Stream.tool,
        words=words("app, apps, product, products, ai tool, ai tools, client, clients"),
    ),
    Dimension(
        name="provider",
        label="provider",
        plural="providers",
        usage=Stream.provider,
        words=words("vendor, vendors, supplier, suppliers"),
    ),
    Dimension(
        name="model",
        label="model",
        plural="models",
        usage=Stream.model,
        words=words("llm, llms, ai model, ai models"),
    ),
    Dimension(
        name="mode",
        label="mode",
        plural="modes",
        usage=Stream.mode,
        work=WorkDaily.mode,
        words=words("usage mode, way of use, interaction mode"),
    ),
    Dimension(
        name="workflow",
        label="workflow",
        plural="workflows",
        usage=Stream.workflow,
        work=WorkDaily.workflow,
        words=words("process, processes, use case, use cases"),
    ),
    Dimension(
        name="activity",
        label="activity",
        plural="activities",
        usage=Workflow.activity,
        work=Workflow.activity,
        words=words("kind of work, type of work, work type, activity type, kinds of work, types of work"),
    ),
    Dimension(
        name="source",
        label="source",
        plural="sources",
        usage=Source.name,
        facts=True,
        words=words("feed, feeds, data source, data sources"),
    ),
    Dimension(
        name="ledger",
        label="ledger",
        plural="ledgers",
        usage=Stream.ledger,
        filter_only=True,
    ),
)
