using Digits;
using Dsl;

namespace Recipes.MissingClass;

[Trainer<Cnn>, CrossEntropy, Augment<Weak>]
[Adam(1e-3), Epochs(30), BatchSize(64, DropLast = true)]
public partial class TeacherTrainer;

// No labels: what the student knows of the missing class is what the teacher's outputs for the other classes say of it.
[Trainer<Mlp>, Distill<Cnn>(Temperature = 4, CacheTeacher = true)]
[Adam(1e-3), Epochs(100), BatchSize(64, DropLast = true)]
public partial class StudentTrainer;

[Trainer<Mlp>, CrossEntropy]
[Adam(1e-3), Epochs(100), BatchSize(64, DropLast = true)]
public partial class LabelsTrainer;
