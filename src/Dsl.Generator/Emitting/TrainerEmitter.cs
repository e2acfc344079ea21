using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declarations;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Emitting;

/// <summary>A trainer's class, part by part in the order in which a reader wants them.</summary>
internal static class TrainerEmitter
{
    public static string Emit(TrainerProgram trainer)
    {
        var type = trainer.Declaration.Type;
        var code = SourceFile.Begin(type, Named(trainer.Declaration), TrainerHeader.Lines(trainer));
        TrainerHeader.WriteDocumentation(code, trainer);
        SourceFile.WriteAttributes(code, type);
        using (code.Block($"partial class {type.Name} : IDisposable"))
        {
            TrainerState.Write(code, trainer);
            TrainerSignature.Write(code, trainer);
            TeacherEmitter.WriteTeach(code, trainer);
            HyperparameterEmitter.Write(code, trainer);
            ScheduleEmitter.Write(code, trainer);
            StepEmitter.Write(code, trainer);
            UpdateEmitter.Write(code, trainer);
            FitEmitter.Write(code, trainer);
            EvaluationEmitter.Write(code, trainer);
            ConstantsEmitter.Write(code, trainer);
            CheckpointEmitter.Write(code, trainer);
        }

        return code.ToString();
    }

    private static IEnumerable<TypeDeclaration> Named(TrainerDeclaration declaration) =>
        declaration.Teachers.Select(teacher => teacher.Model).Prepend(declaration.Model).OfType<ModelDeclaration>().Select(model => model.Type);
}
