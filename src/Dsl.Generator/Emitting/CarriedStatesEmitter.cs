using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>What a model has whose recurrences go on from states that are given.</summary>
internal static class CarriedStatesEmitter
{
    public static void Write(CodeWriter code, NetworkProgram network)
    {
        string input = network.Inputs[0].Variable, sizes = Spelling.Join([.. network.CarriedSizes]);
        code.Line();
        code.Line("/// <inheritdoc/>");
        code.Line("public RecurrentStates? CarriedStates { get; set; }");
        code.Line();
        code.Line("/// <inheritdoc/>");
        code.Line("public RecurrentStates NewStates(long sequences = 1) =>");
        code.Line($"    new(sequences, Arena.Values.dtype, Arena.Values.device, {sizes});");
        code.Line();
        code.Summary("The output from states that are given, in the place of which those are written that it ends with.");
        code.Line($"/// <param name=\"{input}\">What follows on what the states have seen.</param>");
        code.Line("/// <param name=\"states\">Of as many sequences; at first <c>NewStates</c>.</param>");
        string result = NetworkSignature.ResultType(network);
        using (code.Block($"public {result} forward(Tensor {input}, RecurrentStates states)"))
        {
            code.Line("ArgumentNullException.ThrowIfNull(states);");
            code.Line("using var carried = states.Into(this);");
            code.Line($"return forward({input});");
        }
    }
}
