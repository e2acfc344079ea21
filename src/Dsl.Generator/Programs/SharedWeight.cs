using Dsl.Generator.Declarations;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Layers;

namespace Dsl.Generator.Programs;

/// <summary>A parameter under a second name.</summary>
/// <param name="Name">The further name in a state dictionary: <c>7.weight</c>.</param>
/// <param name="Member">The further property in generated code.</param>
/// <param name="Target">The parameter's own property.</param>
internal sealed record NetworkAlias(string Name, string Member, NetworkParameter Target);

/// <summary>A weight that layers share under a name.</summary>
/// <param name="Parameter">The parameter, that of the first layer.</param>
/// <param name="Value">It as a value of the computation.</param>
/// <param name="Layer">The first layer as messages show it.</param>
/// <param name="Site">Where the first layer gives the name.</param>
internal sealed record SharedWeight(NetworkParameter Parameter, Value Value, string Layer, Site Site);
