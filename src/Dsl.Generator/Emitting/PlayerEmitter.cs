using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Emitting.Datasets;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>The networks of a trainer, each by where it comes from: field, argument, start, property, end.</summary>
internal static class PlayerEmitter
{
    public static void WriteFields(CodeWriter code, TrainerProgram trainer)
    {
        foreach (var player in trainer.Players)
            code.Line(
                $"private readonly {player.Type}{(player.Origin is Origin.Given { IsEnsemble: true } ? "[]" : "")} "
                + $"{player.Field};");
    }

    /// <summary>The arguments of the constructor, with their documentation.</summary>
    public static IEnumerable<(string Code, string Documentation)> Arguments(TrainerProgram trainer)
    {
        foreach (var player in trainer.Players)
        {
            switch (player.Origin)
            {
                case Origin.Learned:
                    string what = player == trainer.Model ? "The network to train" : player.Summary;
                    yield return (
                        $"{player.Type} {player.Name}", Parameter(player.Name, $"{what}; the trainer does not own it."));
                    break;
                case Origin.Given { IsEnsemble: true } given:
                    yield return ($"IReadOnlyList<{player.Type}> {given.Argument}", Parameter(
                        given.Argument,
                        $"{player.Summary}, at least one: same inputs, same number of outputs. They are put in evaluation "
                        + "mode."));
                    break;
                case Origin.Given given:
                    yield return ($"{player.Type} {given.Argument}", Parameter(
                        given.Argument, $"{player.Summary}: same inputs, same number of outputs. It is put in evaluation mode."));
                    break;
            }
        }

        static string Parameter(string name, string text) => $"/// <param name=\"{name}\">{text}</param>";
    }

    /// <summary>In the constructor.</summary>
    public static void WriteStart(CodeWriter code, TrainerProgram trainer)
    {
        foreach (var player in trainer.Players.Where(player => player.Origin is Origin.Learned))
        {
            string given = $"{player.Name} ?? throw new ArgumentNullException(nameof({player.Name}))";
            code.Line($"Trains({given}, {player.Name}.Arena);");
        }

        code.Line("_device = device ?? CPU;");
        foreach (var player in trainer.Players) WriteStart(code, trainer, player);
    }

    private static void WriteStart(CodeWriter code, TrainerProgram trainer, Player player)
    {
        switch (player.Origin)
        {
            case Origin.Learned:
                code.Line($"{player.Field} = {player.Name}.to(_device);");
                break;
            case Origin.Given { IsEnsemble: true } given:
                code.Line($"foreach (var teacher in {given.Argument}) FrozenNetwork.RequireOther(teacher, model);");
                code.Line($"{player.Field} = TeacherEnsemble.Of({given.Argument}, _device);");
                break;
            case Origin.Given given:
                code.Line($"FrozenNetwork.RequireOther({given.Argument}, model);");
                code.Line($"{player.Field} = {given.Argument}.to(_device);");
                code.Line($"{player.Field}.eval();");
                break;
            case Origin.Average { Of: var of, Trains: var trains }:
                code.Line("using (var unused = new Generator())");
                string made = $"new {player.Type}(unused).to(_device, {trainer.Model.Arena}.Values.dtype)";
                code.Line($"    {player.Field} = {(player.IsOwned ? $"Own({made})" : made)};");
                code.Line("using (no_grad())");
                code.Line($"    {player.Arena}.Values.copy_({of.Arena}.Values);");
                if (of.Network!.Buffers.Count > 0) code.Line($"{player.Field}.CopyBuffersFrom({of.Field});");
                if (of.Network!.Dataset is { } dataset && DatasetText.Of(dataset).SharesPreprocessing)
                    code.Line($"{player.Field}.Preprocessing = {of.Field}.Preprocessing;");
                if (!trains) code.Line($"{player.Field}.eval();");
                break;
        }
    }

    public static void WriteProperties(CodeWriter code, TrainerProgram trainer)
    {
        foreach (var player in trainer.Players.Where(player => player.IsKept))
        {
            code.Line();
            code.Summary($"{player.Summary}.");
            code.Line($"public {player.Type} {player.Member} => {player.Field};");
        }
    }

    /// <summary>At the start of <c>Fit</c>: the modes in which the networks are used.</summary>
    public static void WriteModes(CodeWriter code, TrainerProgram trainer)
    {
        foreach (var player in trainer.Players)
        {
            if (player.Origin is Origin.Learned or Origin.Average { Trains: true }) code.Line($"{player.Field}.train();");
            else if (player.Origin is Origin.Given { IsEnsemble: true })
                code.Line($"foreach (var teacher in {player.Field}) teacher.eval();");
            else if (player.Origin is Origin.Given) code.Line($"{player.Field}.eval();");
        }
    }
}
