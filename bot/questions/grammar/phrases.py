"""The phrases people use beside the catalogue's own words, by metric, dimension and value."""

from __future__ import annotations

from bot.questions.grammar.wordlists import table

# Values that are words of the language rather than names of an organisation: dimension=value.
VALUES = table(
    """
    kind=contractor: contractor | contractors | freelancer | freelancers | external | externals | external staff
    | contract staff | contract workers | contingent workers
    kind=agent: bots | agents | service account | service accounts | robots | ai agents | software agents
    | agent account | agent accounts | the agents | autonomous agents | bot accounts
    kind=bot: bot | robot
    kind=employee: permanent employee | permanent employees | permanent staff | permanents | perm staff
    | internal staff | internal employees | own employees | regular employees | internals | salaried staff
    | payroll staff
    mode=agent: agent mode | agentic mode | mode agent | autonomous mode | in agent mode
    mode=chat: chat mode | chat | mode chat | chats | chatting | chat use | chat usage
    mode=completion: completion mode | completion | completions | mode completion | code completion
    | code completions | autocomplete | autocompletion | autocompletions | inline completion | inline completions
    mode=human: by hand | by humans | by a human | by people | by a person | manually | manual | humans | human
    | by human | human mode | human only | people alone | humans alone | no ai | done by hand | purely human
    | unassisted | unaided | hand done | without ai | without any ai
    mode=assisted: assisted | ai assisted | assisted mode | assisted by ai | with ai assistance | with ai help
    | with help of ai | with the help of ai | ai assistance | mode assisted | with an assistant
    mode=one: agent
    ledger=product: product ledger | product inference | customer facing | customer facing inference
    | customer facing tokens | production inference | product tokens | inference for customers | serving customers
    | serves customers | in product inference | ledger product | product usage | customer inference | product side
    ledger=workforce: workforce ledger | workforce only | only workforce | workforce usage | workforce tokens
    | ledger workforce | internal usage | own work | workforce side | workforce alone | internal use
    """
)

METRIC_PHRASES = table(
    """
    tokens: use of ai | ai use | volume of tokens | number of tokens | tokens used | ai activity | usage volume
    | ai volume | token burn | token use | token spend | burn of tokens | token numbers | tokens consumed
    cost: costing | paying | invoice | invoices | ai bill | token bill | token cost | token costs | usage cost
    | usage costs
    | cost of usage | cost of use | cost of tokens | spendings | expensive | total cost | ai spend | ai cost
    | ai costs | ai budget | ai spending | burned | burnt | burns | spends | dollar spend | cost us | spender
    | spenders | dough | cash | outlay | outlays
    | money spent | dollar amount | dollar cost | price
    headcount: heads | head count | staffing | how big | people count | number of heads | manpower | size of team
    | number of employees
    active_people: actives | active user count | user count | number of users | number of active users
    | active headcount | user numbers | people active in ai
    requests: requests made | request volume | request counts | number of requests | ai requests | interactions
    | invocations | number of calls
    acceptance_rate: acceptance ratio | acceptance percent | acceptance share | acceptance level
    | suggestion acceptance | suggestion acceptance rate | accepted share | accepted ratio | acceptance score
    adoption_rate: adoption share | adoption percent | adoption ratio | rate of adoption | ai adoption rate
    | adoption figures | adoption numbers | ai uptake | usage rate | penetration rate | active rate | activity rate
    | active share | adoption degree | ai penetration | adopters
    agent_share: agent ratio | agent percent | agentic percent | agentic ratio | agentic fraction | agent fraction
    | agentic proportion | agentic portion | agent proportion | agent portion | agentic rate | agentic usage share
    | agentic token share | agent token share | share of agentic usage | agentic weight
    cache_share: cache percent | cache portion | cache fraction | cached percent | cached fraction | cached portion
    | cached ratio | caching rate | caching share | cache use | cache heavy | cache heaviness | cache efficiency
    | cached input ratio | cache hit ratio | cache hit share | cache hit percent | cache reuse
    output_share: output percent | output proportion | output portion | output token share | output tokens share
    | output to tokens ratio | output rate
    top_decile_share: top decile's share | usage concentration | concentration of usage | token concentration
    | top tenth | concentrated usage
    hours_offloaded: hours offloaded to ai | time savings | hours we saved | saved time | hours gained | time gained
    | hours freed | hours freed up | freed hours | hours ai saved | ai saved hours | ai hours saved | offloaded time
    | hours spared | hours off loaded
    offloadable_hours: left to offload | still to offload | hours left to offload | hours that can be offloaded
    | hours we could offload | hours could be offloaded
    | hours can be offloaded | hours still done by hand | hours to offload | offload potential | offloadable time
    | offloading potential | still offloadable hours | hours of manual work | offloadable work
    human_hours: human hour | person hour | man hour | hours of human effort | human effort | hours of human time
    | people hours | hours worked by people
    | hours by people | staff hours | hours of work | manhours | hours humans spent | human work hours
    | working hours | labour hours | labor hours | human working hours
    human_minutes: minutes of human time | minutes of work | people minutes | minutes humans spent
    | minutes of human effort
    minutes_per_item: minutes for an item | minutes for one item | minutes per unit | average handling time
    | minutes on average per item | average time per item | human minutes an item | minutes each | minutes apiece
    | time an item | human time per item | average minutes | minutes per piece
    items: work items done | volume of work | volume of items | item count | number of items | items done
    | items handled | items processed | items completed | completed items | units of work | workload
    | number of work items
    ai_share: ai share in items | ai assisted share | ai proportion | ai percent | ai fraction | ai portion
    | ai rate | share of ai | ai involvement | ai contribution | ai share of the work | share of ai items
    | ai coverage
    autonomy_share: autonomous percent | share of autonomous items | autonomy percent | autonomous rate
    | autonomous fraction | fully autonomous share | autonomy level | automation rate | automation share
    | share of autonomous work
    success_rate: success percent | success ratio | successes | success percentage | successful share
    | share of successes | share of successful items
    rework_rate: rework percent | rework ratio | rework percentage | redo share | reworked share
    | share of reworked items | share of rework
    failure_rate: failure percent | failure ratio | fail percent | failed share | failing rate
    | share of failed items | share of failures | failure percentage | rate of failure | rate of failures
    inactive_people: inactive folks | inactive employees | inactive staff | non active people | people inactive
    | inactives | inactive ppl | people who are inactive | inactive headcount | unactive people
    cost_per_million_tokens: cost per m tokens | price per m tokens | price of a million tokens
    | cost of a million tokens | cost for a million tokens | cost per one million tokens
    | price per one million tokens | price per 1m tokens | dollars per million tokens | usd per million tokens
    | dollars per million | rate per million tokens | unit price | cost per million of tokens | average token price
    | token price | price for a million tokens | price per 1 m tokens | cost per 1 m tokens
    | cost per 1000000 tokens | spend per million tokens | unit cost | cost per 1 million tokens
    | price per 1 million tokens
    tokens_per_employee: tokens an employee | tokens per fte | ai intensity | token intensity | usage intensity
    | intensity | ai leverage | leverage per employee
    cached_input_tokens: cached | from cache | from the cache | cache read | cached tokens read | cache hits tokens
    | read from cache
    reasoning_tokens: thinking | reasoning token | tokens spent thinking | tokens for reasoning
    | tokens of reasoning | tokens on reasoning | reasoning output
    input_tokens: fresh input token | new input | new input tokens | input token | non cached input
    | non cached input tokens
    output_tokens: output token | generated output | generated text | written tokens | tokens written
    | answer tokens
    fresh_tokens: fresh token | uncached token | tokens without cached | tokens without the cached
    | tokens net of cache | non cache tokens | uncached usage | fresh usage | tokens excluding cached
    | tokens excluding cached ones
    effective_tokens: effective token | weighted token | effective usage | weighted usage | cost weighted tokens
    | fresh input equivalent | effective token count
    suggested: suggestions offered | suggestions given | number of suggestions | suggestion count
    | proposed suggestions | suggestions served
    accepted: number of accepted suggestions | suggestions taken | suggestions that were accepted | suggestions kept
    | accepted completions
    active_days_per_person: days of use | days of usage | usage days | days active per user | average active days
    | active days each | days with usage | days of activity | active days on average | active days per employee
    | days used per person
    """
)

DIMENSION_PHRASES = table(
    """
    team: org | orgs | unit | units | function | functions | area | areas | business unit
    | business units | division | divisions | org units | crew | crews | dept | depts | tribe | tribes | chapter
    title: job function | job functions | job role | job roles | jobs | seniority | positions | job name | job names
    | profession | professions | function title | occupation | occupations
    location: countries | regions | geography | geographies | branch | branches | base | geo | office location
    | office locations | work location | work locations | where people sit
    kind: kinds of people | worker type | employee kind | employee kinds | type of employee | kind of employee
    | types of employee | employment types | kind of staff | type of staff | staff type | kind of user | worker kind
    | contract types | person kind | type of person | types of people | employment status | employment | user kind
    | kind of worker | kinds of worker | kinds of workers | employment kinds | contract kind
    tool: ai product | ai products | assistants | ai assistant | ai assistants | ide | ides | application
    | applications | software | tooling
    provider: ai vendor | ai vendors | ai provider | ai providers | lab | labs | model provider | model providers
    | model vendor | model vendors | companies behind | maker | makers
    model: language model | language models | llm model | ai engine | engine | engines
    mode: usage type | type of usage | types of usage | type of use | kind of usage | kind of use | work mode
    | work modes | modes of use | modes of work | mode of use | mode of work | usage modes | way of working
    | ways of working | interaction type
    workflow: work flow | work flows | flow | flows | workstream | workstreams | business process
    | business processes | procedure | procedures | task | tasks | tasks types | kind of task | job to be done
    activity: activity types | sort of work | types of activity | type of activity | kind of activity
    | kinds of activity | category of work | work category | work categories | nature of work
    """
)
