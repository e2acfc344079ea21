using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declarations;
using Dsl.Generator.Emitting.Datasets;
using Dsl.Generator.Passes;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>A trainer's class, part by part in the order in which a reader wants them.</summary>
internal static class TrainerEmitter
{
    public static string Emit(TrainerProgram trainer)
    {
        // What a step computes of a network by itself is what the network's own class computes.
        foreach (var network in trainer.Players.Select(player => player.Network).OfType<NetworkProgram>().Distinct())
            ForwardPasses.Run(network);
        var type = trainer.Declaration.Type;
        var code = SourceFile.Begin(type, Named(trainer.Declaration), TrainerHeader.Lines(trainer));
        TrainerHeader.WriteDocumentation(code, trainer);
        SourceFile.WriteAttributes(code, type);
        using (code.Block($"partial class {type.Name} : global::Dsl.Runtime.Trainer"))
        {
            TrainerState.Write(code, trainer);
            TrainerSignature.Write(code, trainer);
            ProcedureEmitter.Write(code, trainer, isPublic: true);
            HyperparameterEmitter.Write(code, trainer);
            ScheduleEmitter.Write(code, trainer);
            StepEmitter.Write(code, trainer);
            UpdateEmitter.Write(code, trainer);
            FitEmitter.Write(code, trainer);
            EpochStartEmitter.Write(code, trainer);
            StatisticsEmitter.Write(code, trainer);
            TaskEndEmitter.Write(code, trainer);
            EvaluationEmitter.Write(code, trainer);
            FeatureEvaluationEmitter.Write(code, trainer);
            DatasetTrainerEmitter.Write(code, trainer);
            ConstantsEmitter.Write(code, trainer);
            CheckpointEmitter.Write(code, trainer);
        }

        return code.ToString();
    }

    private static IEnumerable<TypeDeclaration> Named(TrainerDeclaration declaration) =>
        declaration.OtherModels.Prepend(declaration.Model!).SelectMany(model => model.Named.Prepend(model.Type));
}
