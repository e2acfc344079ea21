using Dsl.Generator.Graph;
using Dsl.Generator.Programs;
using Dsl.Generator.Schedules;

namespace Dsl.Generator.Emitting;

/// <summary>A parameter or a buffer as a property, and the statement that gives it its place.</summary>
internal static class StateCode
{
    /// <param name="member">What it is called in its class.</param>
    /// <param name="name">What it is called in a state dictionary, from its class on.</param>
    public static void WriteProperty(CodeWriter code, NetworkParameter parameter, string member, string name) =>
        code.Line($"public Parameter {member} {{ get; private set; }} = null!;  // {name} "
            + $"{parameter.Shape}{(parameter.IsFrozen ? ", frozen" : "")}");

    public static void WriteProperty(CodeWriter code, NetworkBuffer buffer, string member, string name) =>
        code.Line($"public Tensor {member} {{ get; private set; }} = null!;  // {name} {buffer.Type.Shape}, not learned");

    /// <param name="name">The whole name in a state dictionary, as C#.</param>
    public static string Bind(NetworkParameter parameter, string member, string name) =>
        $"{member} = state.{(parameter.IsFrozen ? "Frozen" : "Parameter")}({name}{Sizes(parameter.Shape)});";

    public static string Bind(NetworkBuffer buffer, string member, string name)
    {
        string type = buffer.Type.Element == ElementType.Float ? "Float32" : "Int64";
        return $"{member} = state.Buffer({name}, ScalarType.{type}, {Scalar.Literal(buffer.Initial)}{Sizes(buffer.Type.Shape)});";
    }

    private static string Sizes(Shape shape) => shape.Rank == 0 ? "" : $", {string.Join(", ", shape.Dims)}";
}
