using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declarations;
using Dsl.Generator.Notation;
using Dsl.Generator.Passes;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>What stands at the head of a model's file, and what an editor shows of its class.</summary>
internal static class ModelHeader
{
    public static IEnumerable<string> Lines(ModelDeclaration declaration, NetworkProgram network) =>
    [
        $"{declaration.Type.Name}: {Signature(network, "->")}",
        "",
        SourceFile.Origin(declaration.Type),
    ];

    /// <summary>The class's documentation: a summary, and the table as a remark, which the summary of the user's own part
    /// leaves standing.</summary>
    public static void WriteDocumentation(CodeWriter code, NetworkProgram network, NetworkPair? pair)
    {
        string parameters = Quantity.Show(network.Parameters.Sum(parameter => parameter.Count));
        code.Summary($"{Signature(network, "to")}, {parameters} parameters.");
        List<string> notes = ["FLOPs and bytes are those of one sample's forward pass; a multiply-add counts as two operations."];
        if (network.IsOpaque)
            notes.Add(
                "The compiler does not analyse Forward: the table lists its layers alone, and gradients come from autograd.");
        code.Remarks(ModelTable.Of(network, pair).Lines(), notes);
    }

    private static string Signature(NetworkProgram network, string to) =>
        $"{NetworkSignature.Shapes(network.Inputs)} {to} {NetworkSignature.Shapes(network.Results)}";
}
